import { readWire } from '../wire.ts'
import { ANSWER, type Attributes, readAttributes } from './packets.ts'
import { type Answer, type Requests, SftpBroken } from './requests.ts'

/** draft-ietf-secsh-filexfer-02, 4. */
const LONGEST_HANDLE = 256

/** Checks answers for what they should be. One that is something else ends the channel: no later one could be trusted. */
export function createAsking(requests: Pick<Requests, 'fail'>) {
  const open = new Set<string>()

  async function expecting<Value>(type: number, answer: Promise<Answer>, read: (body: Buffer) => Value): Promise<Value> {
    const { type: got, body } = await answer
    try {
      if (got !== type) throw new RangeError(`answer of type ${got}`)
      return read(body)
    } catch (cause) {
      const error = cause instanceof SftpBroken ? cause : new SftpBroken('garbled', { cause })
      requests.fail(error)
      throw error
    }
  }
  return {
    expecting,
    done: (answer: Promise<Answer>): Promise<void> => expecting(ANSWER.STATUS, answer, () => undefined),
    attributes: (answer: Promise<Answer>): Promise<Attributes> => expecting(ANSWER.ATTRS, answer, (body) => readAttributes(readWire(body))),
    /** One that nothing else has that is open: what is written to one file would go into the other. */
    handle: (answer: Promise<Answer>): Promise<Buffer> =>
      expecting(ANSWER.HANDLE, answer, (body) => {
        const handle = readWire(body).string()
        const key = handle.toString('latin1')
        if (handle.length === 0 || handle.length > LONGEST_HANDLE || open.has(key)) throw new SftpBroken('handle')
        open.add(key)
        return Buffer.from(handle)
      }),
    forget: (handle: Buffer) => void open.delete(handle.toString('latin1')),
  }
}
