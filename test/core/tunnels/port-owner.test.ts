import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findPortOwner, listeningInodes } from '../../../core/tunnels/port-owner.ts'

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 41234 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1388 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000  1000        0 41299 1 0000000000000000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 22 1 0000000000000000 100 0 0 10 0
   3: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 0 1 0000000000000000 100 0 0 10 0
   4: what is this
`

test.each([
  [5000, ['41234']],
  [22, ['22']],
  [5001, []],
])('of what is in /proc/net/tcp, port %i is listened on by the sockets %j', (port, inodes) => {
  expect(listeningInodes(TABLE, port)).toEqual(inodes)
})

test.runIf(process.platform === 'linux')('the program that listens on a port is named', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const owner = await findPortOwner(typeof address === 'object' && address ? address.port : 0)
  expect(owner).toMatchObject({ pid: process.pid, label: expect.stringContaining(`(${process.pid})`) })
  await new Promise((resolve) => server.close(resolve))
})
