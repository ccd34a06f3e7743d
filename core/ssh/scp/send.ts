import type { Client } from 'ssh2'
import { STATUS } from '../sftp/packets.ts'
import { SftpRefusal } from '../sftp/requests.ts'
import { createInOrder } from './in-order.ts'
import { startScp } from './protocol.ts'

export interface Sending {
  /** As `Sftp.write`; from one place to the next, in whichever order the calls come. The last one returns once the host has all of it. */
  write(data: Buffer, position: number): Promise<void>
  end(): void
}

interface SendOptions {
  readonly size: number
  /** Permission bits, for a file that is not there yet. */
  readonly mode: number
  readonly silenceMs: number
}

/** A file of this size into `path` (`scp -t`), which is no folder. Throws SftpRefusal, SftpBroken. */
export async function send(client: Client, path: Buffer, { size, mode, silenceMs }: SendOptions): Promise<Sending> {
  const scp = await startScp(client, '-t', path, silenceMs)
  const inOrder = createInOrder(silenceMs)
  let at = 0
  const finish = async () => {
    await scp.write(Buffer.of(0))
    await scp.acknowledged()
    scp.end()
  }
  try {
    await scp.acknowledged()
    // The name would count in a folder only.
    await scp.write(Buffer.from(`C${(mode & 0o7777).toString(8).padStart(4, '0')} ${size} mooring\n`))
    await scp.acknowledged()
    if (size === 0) await finish()
  } catch (error) {
    scp.end()
    throw error
  }
  return {
    async write(data, position) {
      if (data.length === 0) return
      if (position + data.length > size) throw new SftpRefusal(STATUS.FAILURE, 'more than was said')
      await inOrder.at(position, async () => {
        await scp.write(data)
        at += data.length
        if (at === size) await finish()
        return { value: undefined, next: at }
      })
    },
    end() {
      inOrder.end()
      scp.end()
    },
  }
}
