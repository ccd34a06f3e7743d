import { type AddressInfo, connect, createServer } from 'node:net'

export interface HttpProxy {
  /** The requests so far, with what they say to the proxy itself. */
  readonly asked: string[]
  address(user?: string): string
  close(): void
}

/** An HTTP proxy that knows names which nobody else does: `portOf` says where on this computer they are. */
export async function startHttpProxy(portOf: (host: string) => number): Promise<HttpProxy> {
  const asked: string[] = []
  const proxy = createServer((near) => {
    near.on('error', () => undefined)
    near.once('data', (said) => {
      const lines = String(said)
        .split('\r\n')
        .filter((line) => /^CONNECT|^Proxy/.test(line))
      asked.push(lines.join(' '))
      const host = /^CONNECT (\S+):\d+ /.exec(lines[0] ?? '')?.[1] ?? ''
      const far = connect(portOf(host), '127.0.0.1', () => {
        near.write('HTTP/1.1 200 OK\r\n\r\n')
        near.pipe(far).pipe(near)
      })
      far.on('error', () => near.destroy())
    })
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    address: (user = '') => `http://${user}127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => void proxy.close(),
  }
}
