import { describe, expect, test } from 'vitest'
import type { ImageFacts } from '../../../core/reach/instance-facts.ts'
import { guessLogins, type LoginFacts } from '../../../core/reach/login.ts'

const CANONICAL = '099720109477'
const DEBIAN = '136693071363'
const FEDORA = '125523088429'
const ME = '111122223333'
const STRANGER = '999988887777'
const MARKETPLACE = { ownerId: '679593333241', ownerAlias: 'aws-marketplace' }
const AMAZON = { ownerId: '137112412989', ownerAlias: 'amazon' }

const image = (facts: Partial<ImageFacts>): ImageFacts => ({ imageId: 'ami-0', gone: false, ...facts })
const guess = (facts: Partial<LoginFacts>) => guessLogins({ tags: {}, consoleUsers: [], platform: 'Linux/UNIX', ...facts })
/** `user user user: reason of the first, confidence of the first` */
const summary = (facts: Partial<LoginFacts>) => {
  const logins = guess(facts)
  return `${logins.map((login) => login.user).join(' ')}: ${logins[0].reason}, ${logins[0].confidence}`
}

describe("publishers' images", () => {
  const table: readonly (readonly [Partial<ImageFacts>, string])[] = [
    [{ ...AMAZON, name: 'amzn-ami-hvm-2018.03.0.20240306.0-x86_64-gp2' }, 'ec2-user: image-owner, likely'],
    [{ ...AMAZON, name: 'amzn2-ami-hvm-2.0.20240306.2-x86_64-gp2' }, 'ec2-user: image-owner, likely'],
    [{ ...AMAZON, name: 'al2023-ami-2023.4.20240416.0-kernel-6.1-x86_64' }, 'ec2-user: image-owner, likely'],
    [{ ...AMAZON, name: 'al2023-ami-minimal-2023.4.20240416.0-kernel-6.1-arm64' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '591542846629', name: 'amzn2-ami-ecs-hvm-2.0.20240409-x86_64-ebs' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '591542846629', name: 'al2023-ami-ecs-hvm-2023.0.20240409-kernel-6.1-x86_64' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '602401143452', name: 'amazon-eks-node-1.29-v20240415' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '602401143452', name: 'amazon-eks-node-al2023-x86_64-standard-1.30-v20240625' }, 'ec2-user: image-owner, likely'],
    [{ ...AMAZON, name: 'bottlerocket-aws-ecs-1-x86_64-v1.19.4' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: CANONICAL, name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240411' }, 'ubuntu: image-owner, likely'],
    [{ ownerId: CANONICAL, name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20240423' }, 'ubuntu: image-owner, likely'],
    [
      { ownerId: CANONICAL, name: 'ubuntu-minimal/images/hvm-ssd/ubuntu-focal-20.04-amd64-minimal-20240403' },
      'ubuntu: image-owner, likely',
    ],
    [{ ownerId: CANONICAL, name: 'ubuntu-pro-server/images/hvm-ssd/ubuntu-jammy-22.04-amd64-pro-server' }, 'ubuntu: image-owner, likely'],
    [{ ownerId: CANONICAL, name: 'ubuntu-eks/k8s_1.29/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server' }, 'ubuntu: image-owner, likely'],
    [{ ownerId: CANONICAL, name: 'something-new' }, 'ubuntu: image-owner, likely'],
    [{ ownerId: DEBIAN, name: 'debian-12-amd64-20240507-1740' }, 'admin: image-owner, likely'],
    [{ ownerId: '379101102735', name: 'debian-jessie-amd64-hvm-2017-01-15-1221-ebs' }, 'admin: image-owner, likely'],
    [{ ownerId: '379101102735', name: 'debian-squeeze-amd64-20130228' }, 'root admin: image-owner, likely'],
    [{ ownerId: '309956199498', name: 'RHEL-9.4.0_HVM-20240423-x86_64-62-Hourly2-GP3' }, 'ec2-user root: image-owner, likely'],
    [{ ownerId: '309956199498', name: 'RHEL-6.10_HVM_GA-20180810-x86_64-0-Hourly2-GP2' }, 'ec2-user root: image-owner, likely'],
    [{ ownerId: '309956199498', name: 'RHEL-6.3_GA-x86_64-5-Hourly2' }, 'root ec2-user: image-owner, likely'],
    [{ ownerId: FEDORA, name: 'CentOS Linux 7 x86_64 HVM EBS ENA 2003_01' }, 'centos ec2-user: image-owner, likely'],
    [{ ownerId: FEDORA, name: 'CentOS Linux 8 x86_64' }, 'centos ec2-user: image-owner, likely'],
    [{ ownerId: FEDORA, name: 'CentOS Stream 9 x86_64 20240506' }, 'ec2-user centos: image-owner, likely'],
    [{ ...MARKETPLACE, name: 'CentOS Linux 6 x86_64 HVM EBS 1901_01' }, 'centos root: image-owner, likely'],
    [{ ownerId: FEDORA, name: 'Fedora-Cloud-Base-AmazonEC2.x86_64-40-1.14' }, 'fedora ec2-user: image-owner, likely'],
    [{ ownerId: FEDORA, name: 'fedora-coreos-40.20240504.3.0-x86_64' }, 'core: image-owner, likely'],
    [{ ownerId: '075585003325', name: 'Flatcar-stable-3815.2.2-hvm' }, 'core: image-owner, likely'],
    [{ ownerId: '792107900819', name: 'Rocky-9-EC2-Base-9.3-20231113.0.x86_64' }, 'rocky: image-owner, likely'],
    [{ ownerId: '764336703387', name: 'AlmaLinux OS 9.3.20231123 x86_64' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '131827586825', name: 'OL9.3-x86_64-HVM-2024-01-19' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '013907871322', name: 'suse-sles-15-sp5-v20240129-hvm-ssd-x86_64' }, 'ec2-user root: image-owner, likely'],
    [{ ...MARKETPLACE, name: 'openSUSE-Leap-15.5-v20231003-hvm-ssd-x86_64' }, 'ec2-user root: image-owner, likely'],
    [{ ownerId: '782442783595', name: 'FreeBSD 14.0-RELEASE-amd64 UEFI-PREFERRED' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '118940168514', name: 'FreeBSD 11.4-RELEASE-amd64' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '100343932686', name: 'amzn-ec2-macos-14.4.1-20240411-191511-arm64' }, 'ec2-user: image-owner, likely'],
    [{ ownerId: '979382823631', name: 'bitnami-wordpress-6.5.3-r04-linux-debian-12-x86_64-hvm-ebs-nami' }, 'bitnami: image-owner, likely'],
    [{ ...MARKETPLACE, name: 'bitnami-lampstack-8.2.18-0-r01-linux-debian-12' }, 'bitnami: image-owner, likely'],
    [
      { ownerId: '898082745236', ownerAlias: 'amazon', name: 'Deep Learning AMI GPU PyTorch 2.2 (Ubuntu 20.04)' },
      'ubuntu: image-owner, likely',
    ],
    [
      { ownerId: '898082745236', ownerAlias: 'amazon', name: 'Deep Learning AMI (Amazon Linux 2) Version 61.0' },
      'ec2-user: image-owner, likely',
    ],
    [{ ...MARKETPLACE, name: 'kali-last-snapshot-amd64-2024.1.0-804fcc46' }, 'kali: image-owner, likely'],
    [{ ownerId: '647457786197', name: 'arch-linux-std-hvm-2024.05.01.x86_64-ebs' }, 'arch: image-owner, likely'],
    [{ ownerId: '538276064493', name: 'alpine-3.19.1-x86_64-uefi-cloudinit-r0' }, 'alpine: image-owner, likely'],
    [{ ownerId: '427812963091', name: 'nixos/23.11.20240507-x86_64-linux' }, 'root: image-owner, likely'],
    [{ ...MARKETPLACE, name: 'turnkey-wordpress-17.2-bookworm-amd64' }, 'root: image-owner, likely'],
    [{ ...MARKETPLACE, name: 'OmniOS r151048 stable' }, 'root: image-owner, likely'],
    [
      { ownerId: '801119661308', ownerAlias: 'amazon', name: 'Windows_Server-2022-English-Full-Base-2024.04.10' },
      'Administrator: image-owner, likely',
    ],
  ]
  for (const [facts, expected] of table) {
    test(`${facts.name} of ${facts.ownerId}: ${expected}`, () => expect(summary({ image: image(facts) })).toBe(expected))
  }
})

describe("AWS's own parameter for a public image", () => {
  const table: readonly (readonly [string, string])[] = [
    ['aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64', 'ec2-user'],
    ['aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id', 'ubuntu'],
    ['aws/service/debian/release/12/latest/amd64', 'admin'],
    ['aws/service/ecs/optimized-ami/amazon-linux-2/recommended', 'ec2-user'],
    ['aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id', 'ec2-user'],
    ['aws/service/suse/sles/15-sp5/x86_64/latest', 'ec2-user root'],
    ['aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id', 'ubuntu'],
    ['aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-al2023/latest/ami-id', 'ec2-user'],
    ['aws/service/freebsd/amd64/base/ufs/14.0/RELEASE', 'ec2-user'],
  ]
  for (const [publicParameter, users] of table) {
    test(`${publicParameter}: ${users}`, () =>
      expect(summary({ image: image({ publicParameter, name: 'any' }) })).toBe(`${users}: image-parameter, likely`))
  }
})

describe('images of one’s own', () => {
  const ubuntu = image({ ownerId: CANONICAL, name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240411' })
  const table: readonly (readonly [string, Partial<LoginFacts>, string])[] = [
    ['copied from a publisher’s', { image: image({ ownerId: ME, name: 'web', source: ubuntu }) }, 'ubuntu: image-source, likely'],
    [
      'copied twice',
      { image: image({ ownerId: ME, name: 'web-2', source: image({ ownerId: ME, name: 'web', source: ubuntu }) }) },
      'ubuntu: image-source, likely',
    ],
    [
      'whose name says another thing than its source',
      { image: image({ ownerId: ME, name: 'debian-app', source: ubuntu }) },
      'ubuntu: image-source, likely',
    ],
    [
      'copied from one that is gone',
      { image: image({ ownerId: ME, name: 'web', source: { ...ubuntu, gone: true } }) },
      'ubuntu: image-source, likely',
    ],
    [
      'of a billed Red Hat',
      { image: image({ ownerId: ME, name: 'web' }), platform: 'Red Hat Enterprise Linux' },
      'ec2-user root: platform, likely',
    ],
    ['of a billed SUSE', { image: image({ ownerId: ME, platformDetails: 'SUSE Linux' }) }, 'ec2-user root: platform, likely'],
    ['of Ubuntu Pro', { image: image({ ownerId: ME, name: 'web' }), platform: 'Ubuntu Pro' }, 'ubuntu: platform, likely'],
    ['built from Debian', { image: image({ ownerId: ME, name: 'web-debian-12' }) }, 'admin debian ec2-user: image-name, guess'],
    ['built from CentOS', { image: image({ ownerId: ME, name: 'centos7-golden' }) }, 'centos cloud-user ec2-user: image-name, guess'],
    ['built from RHEL', { image: image({ ownerId: ME, name: 'my-rhel-9' }) }, 'ec2-user cloud-user root: image-name, guess'],
    ['built from Rocky', { image: image({ ownerId: ME, name: 'rocky-base' }) }, 'rocky cloud-user ec2-user: image-name, guess'],
    ['built from AlmaLinux', { image: image({ ownerId: ME, name: 'almalinux-9-base' }) }, 'ec2-user almalinux ubuntu: image-name, guess'],
    [
      'that only its description tells',
      { image: image({ ownerId: ME, name: 'base', description: 'Ubuntu 22.04 hardened' }) },
      'ubuntu ec2-user admin: image-name, guess',
    ],
    ['that nothing tells', { image: image({ ownerId: ME, name: 'build-4711' }) }, 'ec2-user ubuntu admin: default, guess'],
    ['that is not there at all', {}, 'ec2-user ubuntu admin: default, guess'],
  ]
  for (const [what, facts, expected] of table) test(`${what}: ${expected}`, () => expect(summary(facts)).toBe(expected))
})

describe('images that are gone', () => {
  test('a publisher’s is still known by its owner', () => {
    const facts = image({ ownerId: DEBIAN, name: 'debian-11-amd64-20220121-894', gone: true })
    expect(guess({ image: facts })).toEqual([
      { user: 'admin', reason: 'image-gone', params: { image: 'debian-11-amd64-20220121-894' }, confidence: 'likely' },
    ])
  })

  test('one’s own is guessed by its name', () => {
    expect(summary({ image: image({ ownerId: ME, name: 'ubuntu-base', gone: true }) })).toBe('ubuntu ec2-user admin: image-gone, guess')
  })
})

describe('an image that only calls itself a publisher’s', () => {
  test('is a guess, and the owner decides where the two disagree', () => {
    const spoofed = image({ ownerId: STRANGER, name: 'ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-20240411' })
    expect(summary({ image: spoofed })).toBe('ubuntu ec2-user admin: image-name, guess')
    expect(summary({ image: image({ ownerId: DEBIAN, name: 'ubuntu-look-alike' }) })).toBe('admin: image-owner, likely')
  })
})

describe('stronger evidence', () => {
  const ubuntu = image({ ownerId: CANONICAL, name: 'ubuntu/images/x' })
  const user = (name: string, ...fingerprints: string[]) => ({ user: name, fingerprints })

  test('the console is certain, and the image’s user comes next', () => {
    expect(guess({ image: ubuntu, consoleUsers: [user('deploy', 'aa')] })).toEqual([
      { user: 'deploy', reason: 'console', params: {}, confidence: 'certain' },
      { user: 'ubuntu', reason: 'image-owner', params: { owner: 'Canonical', image: 'ubuntu/images/x' }, confidence: 'likely' },
    ])
  })

  test('of several users in the console, the one who has the key comes first', () => {
    expect(summary({ consoleUsers: [user('a', 'aa'), user('b', 'bb')], keyFingerprints: ['bb'] })).toMatch(/^b a ec2-user: console/)
  })

  test('a user is not tried twice, and never more than three are', () => {
    const consoleUsers = ['ubuntu', 'a', 'b', 'c'].map((name) => user(name, 'aa'))
    expect(summary({ image: ubuntu, consoleUsers })).toBe('ubuntu a b: console, certain')
  })

  test('the tag mooring:user is the only one tried', () => {
    expect(guess({ image: ubuntu, tags: { 'mooring:user': 'deploy' }, consoleUsers: [user('ubuntu', 'aa')] })).toEqual([
      { user: 'deploy', reason: 'tag', params: { tag: 'mooring:user' }, confidence: 'certain' },
    ])
  })

  test('another tool’s tag is tried first', () => {
    expect(summary({ image: ubuntu, tags: { SSHUser: 'deploy' } })).toBe('deploy ubuntu: tag, likely')
  })

  test('a tag that is no user name is passed over', () => {
    for (const value of ['', 'two words', 'a@b', '-oProxyCommand=x', '$(id)', 'x'.repeat(65)]) {
      expect(summary({ image: ubuntu, tags: { 'mooring:user': value } })).toBe('ubuntu: image-owner, likely')
    }
  })

  test('~/.ssh/config beats the tag, and a choice beats both', () => {
    const facts = { image: ubuntu, tags: { 'mooring:user': 'deploy' }, sshConfig: { user: 'me', host: 'web-*' } }
    expect(guess(facts)).toEqual([{ user: 'me', reason: 'ssh-config', params: { host: 'web-*' }, confidence: 'certain' }])
    expect(guess({ ...facts, choice: 'root' })).toEqual([{ user: 'root', reason: 'choice', params: {}, confidence: 'certain' }])
  })
})
