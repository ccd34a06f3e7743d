import { expect, test } from 'vitest'
import { parseUpdates } from '../../../core/updates/check.ts'
import { parseRestart } from '../../../core/updates/parse-restart.ts'

const batch = (state: number) => `NEEDRESTART-VER: 3.6
NEEDRESTART-KCUR: 6.1.0-18-cloud-amd64
NEEDRESTART-KEXP: 6.1.0-27-cloud-amd64
NEEDRESTART-KSTA: ${state}
NEEDRESTART-SVC: ssh.service
NEEDRESTART-SVC: systemd-logind.service
NEEDRESTART-SVC: x; rm -rf /`
const amazon = 'sshd.service\ngssproxy.service\nUpdating Subscription Management repositories.\n'

test.each([
  ['nothing known', { needrestart: '', services: '', required: false }, { needed: false, services: [] }],
  [
    'Debian, another kernel',
    { needrestart: batch(3), services: '', required: false },
    { needed: true, services: ['ssh.service', 'systemd-logind.service', 'x;'] },
  ],
  [
    'Debian, the same kernel',
    { needrestart: batch(1), services: '', required: false },
    { needed: false, services: ['ssh.service', 'systemd-logind.service', 'x;'] },
  ],
  ['Debian’s own file', { needrestart: '', services: '', required: true }, { needed: true, services: [] }],
  [
    'Amazon Linux',
    { needrestart: '', services: amazon, required: false },
    { needed: false, services: ['gssproxy.service', 'sshd.service'] },
  ],
])('%s', (_name, said, expected) => {
  const found = parseRestart(said)
  expect(found).toEqual({ ...expected, services: expected.services.filter((name) => !name.includes(';')) })
})

test('what the host says is put together, and believed as far as it can be checked', () => {
  const output = [
    'Welcome!',
    'mooring:root=sudo',
    'mooring:system=Debian GNU/Linux 12 (bookworm)\u001b[31m',
    'mooring:manager=apt-get',
    'mooring:list=Inst openssl [1] (2 Debian-Security:12/stable-security [amd64])',
    'mooring:changed=1714814447',
    'mooring:required=yes',
  ].join('\n')
  expect(parseUpdates('host', output)).toEqual({
    system: 'Debian GNU/Linux 12 (bookworm)',
    manager: 'apt-get',
    allowed: true,
    pending: [{ name: 'openssl', from: '1', to: '2', security: true }],
    tellsSecurity: true,
    going: false,
    changedAt: '2024-05-04T09:20:47.000Z',
    restart: { needed: true, services: [] },
  })
  expect(() => parseUpdates('host', 'mooring:manager=\n')).toThrow('HOST_NO_PACKAGE_MANAGER')
  expect(() => parseUpdates('host', 'mooring:manager=rm\n')).toThrow('HOST_NO_PACKAGE_MANAGER')
})
