import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import ssh2, { type ServerChannel } from 'ssh2'

/** An SSH server without SFTP: its shell is a real one, and its scp says what it is told to. */
export async function startScpLiar(onScp: (channel: ServerChannel) => void) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    connection.on('error', () => undefined)
    connection.on('authentication', (context) => context.accept())
    connection.on('session', (accept) =>
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const channel = acceptExec()
        if (command.startsWith('scp ')) return onScp(channel)
        const child = spawn('sh', ['-c', command])
        channel.pipe(child.stdin)
        child.stdout.pipe(channel)
        child.stdin.on('error', () => undefined)
        channel.on('close', () => child.kill())
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as { port: number }).port, stop: () => void server.close() }
}
