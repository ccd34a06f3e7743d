import { expect, test } from 'vitest'
import { agentPaths } from '../../../core/ssh/agent.ts'

const homeFolder = '/home/me'
test.each([
  ['linux', {}, ['/home/me/.1password/agent.sock']],
  ['linux', { SSH_AUTH_SOCK: '/run/agent' }, ['/run/agent', '/home/me/.1password/agent.sock']],
  ['linux', { SSH_AUTH_SOCK: '/home/me/.1password/agent.sock' }, ['/home/me/.1password/agent.sock']],
  ['darwin', { SSH_AUTH_SOCK: '' }, ['/home/me/Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock']],
  ['win32', {}, ['\\\\.\\pipe\\openssh-ssh-agent', 'pageant']],
  ['win32', { SSH_AUTH_SOCK: '\\\\.\\pipe\\mine' }, ['\\\\.\\pipe\\mine', '\\\\.\\pipe\\openssh-ssh-agent', 'pageant']],
  ['freebsd', {}, []],
] as const)('on %s with %j an agent is looked for at %j', (platform, environment, paths) => {
  expect(agentPaths({ environment, homeFolder }, platform)).toEqual(paths)
})
