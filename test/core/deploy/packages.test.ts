import { expect, test } from 'vitest'
import { installCommand, shownInstall } from '../../../core/deploy/packages.ts'

test.each([
  ['apt-get', ['git', 'python3', 'python3-venv'], 'apt-get install -y --no-install-recommends git python3 python3-venv'],
  ['apt-get', ['node', 'npm'], 'apt-get install -y --no-install-recommends nodejs npm'],
  ['apt-get', ['docker', 'docker-compose'], 'apt-get install -y --no-install-recommends docker.io docker-compose-v2'],
  ['dnf', ['java', 'mvn'], 'dnf install -y java-21-amazon-corretto-headless maven'],
  ['yum', ['go'], 'yum install -y golang'],
  ['zypper', ['git'], 'zypper --non-interactive install git'],
  ['apk', ['python3', 'yarn'], 'apk add python3 yarn'],
  ['pacman', ['python3'], 'pacman -S --noconfirm --needed python'],
  ['pkg', ['node'], 'pkg install -y node'],
  // It comes with Python there, or not at all.
  ['dnf', ['python3-venv'], undefined],
  ['apt-get', ['pnpm'], undefined],
  [undefined, ['git'], undefined],
] as const)('%s installs %j', (manager, programs, expected) => {
  expect(installCommand(manager, programs)?.join(' ')).toBe(expected)
})

test('it is shown as it will run, and not where it may not', () => {
  const argv = ['apt-get', 'install', 'git']
  expect([shownInstall(argv, 'yes'), shownInstall(argv, 'sudo'), shownInstall(argv, 'no'), shownInstall(undefined, 'yes')]).toEqual([
    'apt-get install git',
    'sudo apt-get install git',
    undefined,
    undefined,
  ])
})
