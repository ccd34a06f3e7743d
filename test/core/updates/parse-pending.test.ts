import { expect, test } from 'vitest'
import type { PackageManager } from '../../../contract/models/updates.ts'
import { parsePending } from '../../../core/updates/parse-pending.ts'

const debian = `Inst libssl3 [3.0.11-1~deb12u2] (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])
Inst openssl [3.0.11-1~deb12u2] (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])
Inst tzdata [2024a-0+deb12u1] (2024b-0+deb12u1 Debian:12.8/stable [all])
Conf libssl3 (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])`
const ubuntu = `Inst base-files [12ubuntu4.5] (12ubuntu4.6 Ubuntu:22.04/jammy-updates [amd64])
Inst libc6 [2.35-0ubuntu3.4] (2.35-0ubuntu3.8 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64]) []
Inst linux-image-6.8.0-45-generic (6.8.0-45.45~22.04.1 Ubuntu:22.04/jammy-security [amd64])`
const amazon = `
amazon-ssm-agent.x86_64             3.3.987.0-1.amzn2023          amazonlinux
openssl.x86_64                      1:3.0.8-1.amzn2023.0.18       amazonlinux
python3-setuptools-wheel.noarch     59.6.0-2.amzn2023.0.5         amazonlinux
Obsoleting Packages
grub2-tools.x86_64                  1:2.06-61.amzn2023            amazonlinux`
const amazonSecurity = `ALAS2023-2024-713 Important/Sec. openssl-1:3.0.8-1.amzn2023.0.18.x86_64
ALAS2023-2024-720 Medium/Sec.    python3-setuptools-wheel-59.6.0-2.amzn2023.0.5.noarch`
const yum = `kernel.x86_64                     4.14.355-275.570.amzn2            amzn2-core
vim-minimal.x86_64                2:9.0.2153-1.amzn2.0.1            amzn2-core`
const yumSecurity = `ALAS2-2024-2653 important/Sec. kernel-4.14.355-275.570.amzn2.x86_64`
const suse = `S | Repository | Name    | Current Version | Available Version | Arch
--+------------+---------+-----------------+-------------------+-------
v | SLE-15     | curl    | 8.0.1-150400.5  | 8.0.1-150400.6    | x86_64`
const susePatches = `Repository | Name               | Category | Severity  | Interactive | Status | Since | Summary
-----------+--------------------+----------+-----------+-------------+--------+-------+--------
SLE-15     | SUSE-SLE-15-2024-1 | security | important | ---         | needed | -     | Security update for curl`
const alpine = `Installed:                                Available:
busybox-1.36.1-r15                      < 1.36.1-r19
ca-certificates-bundle-20230506-r0      < 20240226-r0`
const arch = `linux 6.10.1.arch1-1 -> 6.10.3.arch1-2
openssl 3.3.1-1 -> 3.3.2-1`
const freebsd = `Checking for upgrades (2 candidates): 2 candidates
Installed packages to be UPGRADED:
	curl: 8.6.0 -> 8.9.1
	py39-pip: 23.3.2 -> 24.0_1 [FreeBSD]`

test.each([
  [
    'Debian',
    'apt-get',
    debian,
    '',
    [
      'libssl3 3.0.11-1~deb12u2 3.0.15-1~deb12u1 !',
      'openssl 3.0.11-1~deb12u2 3.0.15-1~deb12u1 !',
      'tzdata 2024a-0+deb12u1 2024b-0+deb12u1',
    ],
  ],
  [
    'Ubuntu',
    'apt-get',
    ubuntu,
    '',
    [
      'libc6 2.35-0ubuntu3.4 2.35-0ubuntu3.8 !',
      'linux-image-6.8.0-45-generic - 6.8.0-45.45~22.04.1 !',
      'base-files 12ubuntu4.5 12ubuntu4.6',
    ],
  ],
  [
    'Amazon Linux 2023',
    'dnf',
    amazon,
    amazonSecurity,
    [
      'openssl - 1:3.0.8-1.amzn2023.0.18 !',
      'python3-setuptools-wheel - 59.6.0-2.amzn2023.0.5 !',
      'amazon-ssm-agent - 3.3.987.0-1.amzn2023',
    ],
  ],
  ['Amazon Linux 2', 'yum', yum, yumSecurity, ['kernel - 4.14.355-275.570.amzn2 !', 'vim-minimal - 2:9.0.2153-1.amzn2.0.1']],
  ['SUSE', 'zypper', suse, susePatches, ['SUSE-SLE-15-2024-1 - - !', 'curl 8.0.1-150400.5 8.0.1-150400.6']],
  ['Alpine', 'apk', alpine, '', ['busybox 1.36.1-r15 1.36.1-r19', 'ca-certificates-bundle 20230506-r0 20240226-r0']],
  ['Arch', 'pacman', arch, '', ['linux 6.10.1.arch1-1 6.10.3.arch1-2', 'openssl 3.3.1-1 3.3.2-1']],
  ['FreeBSD', 'pkg', freebsd, '', ['curl 8.6.0 8.9.1', 'py39-pip 23.3.2 24.0_1']],
  ['nothing', 'dnf', '', '', []],
  [
    'a name that is an option, a version that is a command',
    'apt-get',
    'Inst --force [1] (2 x)\nInst a [1] ($(id) x)\nInst b;id [1] (2 x)',
    '',
    [],
  ],
] as const)('%s', (_name, manager, list, security, expected) => {
  const found = parsePending(manager satisfies PackageManager, list, security)
  expect(found.map(({ name, from, to, security: urgent }) => `${name} ${from ?? '-'} ${to ?? '-'}${urgent ? ' !' : ''}`)).toEqual(expected)
})
