import { expect, test } from 'vitest'
import type { ReachPlan } from '../../../contract/models/reach.ts'
import { sshCommand } from '../../../renderer/instances/ssh-command.ts'

const plan: ReachPlan = {
  logins: [{ user: 'ubuntu', reason: 'console', params: {}, confidence: 'certain' }],
  key: { kind: 'none' },
  address: { host: '3.83.217.146', port: 22, reason: 'public', params: {} },
  route: [],
  extras: {},
  hostKey: 'known',
}
const at = (port: number) => ({ ...plan, address: { host: '3.83.217.146', port, reason: 'public' as const, params: {} } })

test('is the command that connects the same way', () => {
  expect(sshCommand(plan, undefined)).toBe('ssh ubuntu@3.83.217.146')
  expect(sshCommand(at(2222), '/home/me/.ssh/course.pem')).toBe('ssh -i /home/me/.ssh/course.pem -p 2222 ubuntu@3.83.217.146')
})

test('quotes what a shell would take apart', () => {
  expect(sshCommand(plan, "/home/me/it's mine; rm -rf/k.pem")).toBe(`ssh -i '/home/me/it'\\''s mine; rm -rf/k.pem' ubuntu@3.83.217.146`)
})

test('is nothing while there is no address', () => {
  const { address: _, ...without } = plan
  expect(sshCommand(without, undefined)).toBeUndefined()
})
