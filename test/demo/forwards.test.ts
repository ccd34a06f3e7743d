import { type AddressInfo, connect, createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../support/sshd.ts'
import { ssh, usePractice } from './practice.ts'

const practice = usePractice()
const web = 'ubuntu@203.0.113.10'
let program: Server
beforeEach(async () => {
  program = createServer((socket) => socket.end('said by the program'))
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => program.close(resolve)))
const portOf = () => (program.address() as AddressInfo).port

describe('a machine of the practice cloud', () => {
  it('leads to what a program on it listens on', async () => {
    expect(await ssh(practice, 'practice', '-W', `localhost:${portOf()}`, web)).toMatchObject({ out: 'said by the program' })
    expect(await ssh(practice, 'practice', '-W', `10.20.1.10:${portOf()}`, web)).toMatchObject({ out: 'said by the program' })
  })

  it('says that nothing listens, and leads nowhere else', async () => {
    const nobody = await freePort()
    expect(await ssh(practice, 'practice', '-W', `localhost:${nobody}`, web)).toMatchObject({ code: 255 })
    expect(await ssh(practice, 'practice', '-W', `127.0.0.2:${portOf()}`, web)).toMatchObject({ code: 255, out: '' })
  })

  it('listens on its loopback alone for a client, and leads back to it, as long as that is there', async () => {
    const port = await freePort()
    const everywhere = `00000000:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`
    const read = `exec 3<>/dev/tcp/127.0.0.1/${port}; cat <&3; echo; grep -c '${everywhere}' /proc/net/tcp`
    const forward = ['-o', 'ExitOnForwardFailure=yes', '-R', `0.0.0.0:${port}:127.0.0.1:${portOf()}`]
    const { code, out } = await ssh(practice, 'practice', ...forward, web, read)
    expect([out, code]).toEqual(['said by the program\n0\n', 1])
    const refusal = () => new Promise((resolve) => connect(port, '127.0.0.1').once('error', (error) => resolve(error.message)))
    await expect.poll(refusal).toContain('ECONNREFUSED')
  })

  it('refuses a port that something else has', async () => {
    const forward = ['-o', 'ExitOnForwardFailure=yes', '-R', `${portOf()}:127.0.0.1:1`]
    expect(await ssh(practice, 'practice', ...forward, web, 'true')).toMatchObject({
      code: 255,
      err: expect.stringContaining('remote port forwarding failed'),
    })
  })
})
