import { type FromCore, fromPage, type TerminalSize } from '../../contract/byte-stream.ts'
import type { Port } from '../../contract/port.ts'
import type { AnyShell } from './any-shell.ts'
import { createOutput } from './output.ts'

/** A terminal's side towards the page, whichever page that is and whether there is one or not: contract/byte-stream.ts. */
export interface Screen {
  /** Of the page that was last there. */
  readonly size: TerminalSize
  /** The newest page takes over from an older one. `greeting` tells it how the shell ended, where it has. */
  attach(port: Port, greeting: FromCore | undefined): void
  /** What this shell prints is shown, and it is told of a new size, until the next one is. */
  show(shell: AnyShell): void
  /** What is printed goes there as well; undefined: nowhere any more. */
  tee(write: ((chunk: Uint8Array) => void) | undefined): void
  tell(message: FromCore): void
  /** The shell has ended: what it printed is sent, whatever the page has parsed. */
  flush(): void
  close(): void
}

export function createScreen(firstSize: TerminalSize, onTyped: (bytes: Uint8Array) => void): Screen {
  const output = createOutput()
  let size = firstSize
  let page: Port | undefined
  let shell: AnyShell | undefined
  let alsoTo: ((chunk: Uint8Array) => void) | undefined

  function onControl(text: string) {
    const message = fromPage.safeParse(parseJson(text)).data
    if (message?.kind === 'ack') output.acknowledge(message.bytes)
    if (message?.kind === 'resize') {
      size = { cols: message.cols, rows: message.rows }
      shell?.resize(size)
    }
  }
  function print(chunk: Buffer) {
    output.push(chunk)
    alsoTo?.(chunk)
  }
  function tell(message: FromCore) {
    page?.post(JSON.stringify(message))
  }

  return {
    get size() {
      return size
    },
    tell,
    attach(port, greeting) {
      page?.close()
      page = port
      port.onMessage((message) => (typeof message === 'string' ? onControl(message) : onTyped(message)))
      port.onClose(() => {
        if (page !== port) return
        page = undefined
        output.detach()
      })
      output.attach(
        (bytes) => port.post(bytes),
        (replayed) => tell({ kind: 'started', replayed }),
      )
      if (greeting) tell(greeting)
    },
    show(next) {
      shell = next
      output.setSource({
        pause: () => next.stream.pause(),
        resume: () => next.stream.resume(),
        limitAhead: (bytes) => next.limitAhead?.(bytes),
      })
      next.stream.on('data', print)
      next.stream.stderr?.on('data', print)
    },
    tee(write) {
      alsoTo = write
    },
    flush: () => output.flush(),
    close: () => page?.close(),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // fails the schema like any other message that is none
  }
}
