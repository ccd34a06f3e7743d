import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'

/** What else a person may find at port 22: a firewall that cuts the connection, and a web server. */
export interface OtherPorts {
  readonly resetting: number
  readonly http: number
  close(): Promise<void>
}

export async function openOtherPorts(): Promise<OtherPorts> {
  const resetting = createServer((socket) => socket.resetAndDestroy())
  const http = createHttpServer((_request, response) => response.end())
  const [resettingPort, httpPort] = await Promise.all([portOf(resetting), portOf(http)])
  return {
    resetting: resettingPort,
    http: httpPort,
    async close() {
      http.closeAllConnections()
      await Promise.all([resetting, http].map((server) => new Promise((resolve) => server.close(resolve))))
    },
  }
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return (server.address() as AddressInfo).port
}
