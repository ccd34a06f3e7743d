import type { Client } from 'ssh2'
import { STATUS } from '../sftp/packets.ts'
import { SftpBroken, SftpRefusal } from '../sftp/requests.ts'
import { createInOrder } from './in-order.ts'
import { type ScpChannel, startScp } from './protocol.ts'

export interface Receiving {
  /** As `Sftp.read`; from one place to the next, in whichever order the calls come. */
  read(place: Buffer, position: number): Promise<number>
  end(): void
}

interface ReceiveOptions {
  readonly silenceMs: number
  /** What it was a moment ago; another size is refused. */
  readonly size?: number | undefined
}

/**
 * A file from its beginning to its end (`scp -f`). Whatever the host offers but that one file, under the name that was asked for
 * (CVE-2019-6111) and as large as was said, ends it: SftpBroken `garbled`, or SftpRefusal where the file itself has changed.
 */
export async function receive(client: Client, path: Buffer, { silenceMs, size: expected }: ReceiveOptions): Promise<Receiving> {
  const scp = await startScp(client, '-f', path, silenceMs)
  try {
    await scp.write(ACKNOWLEDGE)
    const size = sizeIn(await scp.line(), path)
    if (expected !== undefined && size !== expected) throw new SftpRefusal(STATUS.FAILURE, 'it has another size than a moment ago')
    await scp.write(ACKNOWLEDGE)
    if (size === 0) await finish(scp)
    return reading(scp, size, silenceMs)
  } catch (error) {
    scp.end()
    throw error
  }
}

const ACKNOWLEDGE = Buffer.of(0)

/** Pure. `C0644 1234 name`: nothing else was asked for, neither a folder (`D`) nor times (`T`). */
export function sizeIn(line: string, path: Buffer): number {
  const [, size, name] = /^C[0-7]{4} (\d{1,15}) (.+)$/s.exec(line) ?? []
  if (size === undefined || name !== lastName(path)) throw new SftpBroken('garbled')
  return Number(size)
}

/** As scp sends it: a name with a line end in it is written as vis(3) does. */
function lastName(path: Buffer): string {
  const name = path.subarray(path.lastIndexOf('/') + 1).toString('latin1')
  return name.includes('\n') ? name.replaceAll('\\', '\\\\').replaceAll('\n', '\\^J') : name
}

/** The host's last word on the file, and nothing after it. */
async function finish(scp: ScpChannel): Promise<void> {
  await scp.acknowledged()
  await scp.write(ACKNOWLEDGE)
  scp.end()
}

function reading(scp: ScpChannel, size: number, silenceMs: number): Receiving {
  let at = 0
  const inOrder = createInOrder(silenceMs)
  return {
    async read(place, position) {
      if (position >= size || place.length === 0) return 0
      return inOrder.at(position, async () => {
        const length = await scp.some(place.subarray(0, Math.min(place.length, size - at)))
        at += length
        if (at === size) await finish(scp)
        return { value: length, next: at }
      })
    },
    end() {
      inOrder.end()
      scp.end()
    },
  }
}
