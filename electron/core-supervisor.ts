import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron'
import { type CoreStart, fromCore, type ToCore } from './core-messages.ts'

export interface CoreSupervisor {
  /** Hands the port over; the main process is then out of the path. */
  open(channel: string, port: MessagePortMain): void
  /** The computer was asleep. */
  wake(): void
  /** Ends the core and everything it runs. */
  close(): Promise<void>
}

export interface CoreSupervisorOptions {
  readonly entry: string
  readonly start: CoreStart
  chooseFiles(what: 'file' | 'folder' | 'log'): Promise<readonly string[]>
  /** What went wrong, else nothing. */
  openPath(path: string): Promise<string>
  lendClipboard(text: string, seconds: number): Promise<void>
  resolveProxy(url: string): Promise<string>
  /** It lives, but has nothing to offer: the app has to end. */
  cannotStart(why: string): void
  /** How long the core may take to end. */
  readonly patienceMs?: number
}

const FIRST_RESTART_MS = 100
const LONGEST_RESTART_MS = 5_000
/** A core that lived this long did not die of its start. */
const HEALTHY_MS = 30_000
const PATIENCE_MS = 4_000

/**
 * Keeps a core running. When it dies every port to it closes, which is how the page knows; the ports that the page opens next
 * go to a new core, which says `restarted` in its app info.
 */
export function superviseCore({
  entry,
  start,
  chooseFiles,
  openPath,
  lendClipboard,
  resolveProxy,
  cannotStart,
  patienceMs = PATIENCE_MS,
}: CoreSupervisorOptions): CoreSupervisor {
  const waiting: { channel: string; port: MessagePortMain }[] = []
  let core: UtilityProcess | undefined
  let deaths = 0
  let closed: PromiseWithResolvers<void> | undefined
  fork(false)

  function fork(restarted: boolean) {
    const child = utilityProcess.fork(entry, [], { serviceName: 'Mooring core', stdio: 'inherit' })
    const forkedAt = Date.now()
    core = child
    child.on('message', (data: unknown) => void answer(child, data))
    child.once('exit', () => {
      core = undefined
      if (closed) return closed.resolve()
      deaths = Date.now() - forkedAt > HEALTHY_MS ? 0 : deaths + 1
      // At once the first time, so that the page hardly notices.
      setTimeout(() => closed || fork(true), deaths < 2 ? 0 : Math.min(FIRST_RESTART_MS * 2 ** deaths, LONGEST_RESTART_MS))
    })
    tell(child, { kind: 'start', ...start, restarted })
    for (const { channel, port } of waiting.splice(0)) tell(child, { kind: 'port', channel }, [port])
  }

  async function answer(child: UtilityProcess, data: unknown) {
    const message = fromCore.parse(data)
    if (message.kind === 'failed') return cannotStart(message.why)
    if (message.kind === 'resolve-proxy') {
      const answer = await resolveProxy(message.url).catch(() => 'DIRECT')
      if (core === child) tell(child, { kind: 'proxy', id: message.id, answer })
      return
    }
    if (message.kind === 'open-path') {
      const problem = await openPath(message.path).catch(String)
      if (core === child) tell(child, { kind: 'path-opened', id: message.id, problem })
      return
    }
    if (message.kind === 'lend-clipboard') {
      await lendClipboard(message.text, message.seconds)
      if (core === child) tell(child, { kind: 'clipboard-lent', id: message.id })
      return
    }
    const paths = await chooseFiles(message.what)
    if (core === child) tell(child, { kind: 'chosen', id: message.id, paths: [...paths] })
  }

  return {
    open(channel, port) {
      if (core) tell(core, { kind: 'port', channel }, [port])
      else if (closed) port.close()
      else waiting.push({ channel, port })
    },
    wake() {
      if (core) tell(core, { kind: 'wake' })
    },
    async close() {
      closed ??= Promise.withResolvers<void>()
      if (!core) return
      tell(core, { kind: 'close' })
      const impatient = setTimeout(() => core?.kill(), patienceMs)
      await closed.promise
      clearTimeout(impatient)
    },
  }
}

function tell(child: UtilityProcess, message: ToCore, ports: MessagePortMain[] = []) {
  child.postMessage(message, ports)
}
