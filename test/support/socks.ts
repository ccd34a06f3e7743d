import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A SOCKS server (RFC 1928, 1929 and SOCKS 4a) for one test: each message is expected in one piece, as on loopback it comes. */
export async function startSocks(login?: { readonly user: string; readonly password: string }) {
  const targets: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => undefined)
    near.once('data', (hello) => {
      if (hello[0] === 4) {
        const end = hello.indexOf(0, 8)
        const name = hello.subarray(4, 7).equals(Buffer.alloc(3))
          ? hello.subarray(end + 1, -1).toString()
          : [...hello.subarray(4, 8)].join('.')
        return forward(near, name, hello.readUInt16BE(2), Buffer.from([0, 90, 0, 0, 0, 0, 0, 0]))
      }
      near.write(Buffer.from([5, login ? 2 : 0]))
      if (!login) return near.once('data', request)
      near.once('data', (said) => {
        const user = said.subarray(2, 2 + (said[1] ?? 0)).toString()
        const password = said.subarray(3 + (said[1] ?? 0)).toString()
        const right = user === login.user && password === login.password
        near.write(Buffer.from([1, right ? 0 : 1]))
        if (right) near.once('data', request)
      })
    })
    function request(bytes: Buffer) {
      const name = bytes[3] === 1 ? [...bytes.subarray(4, 8)].join('.') : bytes.subarray(5, -2).toString()
      forward(near, name, bytes.readUInt16BE(bytes.length - 2), Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
    }
  })
  function forward(near: Socket, name: string, port: number, answer: Buffer) {
    targets.push(`${name}:${port}`)
    const far = connect(port, name, () => {
      near.write(answer)
      near.pipe(far).pipe(near)
    })
    sockets.add(far)
    far.on('error', () => near.destroy())
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    targets,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
