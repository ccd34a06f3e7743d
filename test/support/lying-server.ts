import { generateKeyPairSync } from 'node:crypto'
import ssh2, { type Connection, type ServerChannel, type SFTPWrapper } from 'ssh2'

const { STATUS_CODE } = ssh2.utils.sftp

export interface LyingEntry {
  readonly name: string
  /** A folder where absent. */
  readonly content?: Buffer
  readonly size?: number
}

export interface Lies {
  /** What the folder `/tree` is said to hold; `/tree/<name>` is served for each. */
  readonly entries?: readonly LyingEntry[]
  /** In place of the honest answer; returning true leaves the request to it. */
  onStat?(sftp: SFTPWrapper, id: number, path: string): boolean
  onOpen?(sftp: SFTPWrapper, id: number, path: string): boolean
  onRead?(sftp: SFTPWrapper, id: number, position: number, length: number): boolean
  onWrite?(sftp: SFTPWrapper, id: number): boolean
  onList?(sftp: SFTPWrapper, id: number): boolean
  /** Without it there are no commands. */
  onCommand?(command: string, channel: ServerChannel): void
}

/** An SFTP server that serves `entries`, lets everybody in, and lies where it is told to. */
export async function startLyingServer(lies: Lies) {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    connections.add(connection)
    ;(connection as unknown as ssh2.Client).setNoDelay(true) // which its types leave out
    connection.on('error', () => undefined)
    connection.on('close', () => connections.delete(connection))
    connection.on('authentication', (context) => context.accept())
    connection.on('session', (accept) => {
      const session = accept()
      session.on('sftp', (acceptSftp) => serve(acceptSftp(), lies))
      const { onCommand } = lies
      if (onCommand) session.on('exec', (acceptCommand, _, { command }) => onCommand(command, acceptCommand()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    user: 'anybody',
    stop() {
      for (const connection of connections) connection.end()
      server.close()
    },
  }
}

function serve(sftp: SFTPWrapper, { entries = [], ...lies }: Lies) {
  const handles: { path: string; listed: boolean }[] = []
  const find = (path: string) => entries.find(({ name }) => path === `/tree/${name}`)
  const folder = { mode: 0o040755, uid: 0, gid: 0, size: 0, atime: 0, mtime: 1_700_000_000 }
  const facts = (path: string) => {
    const entry = find(path)
    if (path === '/tree' || (entry && !entry.content)) return folder
    return entry && { ...folder, mode: 0o100644, size: entry.size ?? entry.content?.length ?? 0 }
  }
  const give = (id: number, path: string) => {
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(handles.push({ path, listed: false }) - 1)
    sftp.handle(id, handle)
  }
  sftp.on('error', () => undefined)
  sftp.on('REALPATH', (id) => void sftp.name(id, [{ filename: '/tree', longname: '', attrs: folder as never }]))
  for (const event of ['STAT', 'LSTAT'] as const) {
    sftp.on(event as 'STAT', (id, path) => {
      if (lies.onStat?.(sftp, id, path)) return
      const found = facts(path)
      if (found) sftp.attrs(id, found as never)
      else sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
    })
  }
  sftp.on('OPEN', (id, path) => lies.onOpen?.(sftp, id, path) || give(id, path))
  sftp.on('OPENDIR', give)
  sftp.on('READDIR', (id, handle) => {
    if (lies.onList?.(sftp, id)) return
    const opened = handles[handle.readUInt32BE()]
    const inner = opened?.path === '/tree' ? entries : []
    if (!opened || opened.listed || inner.length === 0) return void sftp.status(id, STATUS_CODE.EOF)
    opened.listed = true
    sftp.name(
      id,
      inner.map(({ name }) => ({ filename: name, longname: name, attrs: facts(`/tree/${name}`) as never })),
    )
  })
  sftp.on('READ', (id, handle, position, length) => {
    if (lies.onRead?.(sftp, id, position, length)) return
    const content = find(handles[handle.readUInt32BE()]?.path ?? '')?.content ?? Buffer.alloc(0)
    const data = content.subarray(position, position + length)
    if (data.length === 0) sftp.status(id, STATUS_CODE.EOF)
    else sftp.data(id, data)
  })
  sftp.on('WRITE', (id) => lies.onWrite?.(sftp, id) || sftp.status(id, STATUS_CODE.OK))
  for (const event of ['CLOSE', 'FSETSTAT', 'SETSTAT', 'MKDIR', 'REMOVE', 'RENAME'] as const) {
    sftp.on(event as 'CLOSE', (id) => void sftp.status(id, STATUS_CODE.OK))
  }
}
