import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { CoreHost } from '../host.ts'
import type { Log } from '../log.ts'
import type { AskOptions, Prompts } from '../prompts/prompts.ts'
import type { ConfigCommand } from '../ssh/config/evaluate.ts'
import { throughShell } from '../ssh/route/command.ts'
import { openStore } from '../store/store.ts'

/** Commands that stand in the person's own ssh_config: nothing runs before the person has agreed to that very text, once. */
export interface Commands {
  isAgreed(command: ConfigCommand): boolean
  /** Asks where it has not been agreed to. Throws UserError CANCELLED. */
  mayRun(command: ConfigCommand, purpose: 'match' | 'proxy', options: AskOptions): Promise<boolean>
  /** Whether it ends with 0. */
  succeeds(command: ConfigCommand): Promise<boolean>
}

const schema = z.object({ agreed: z.array(z.string()) })
/** OpenSSH waits for good; a list of instances does not. */
const PATIENCE_MS = 10_000

export function openCommands(
  folder: string,
  { host, prompts, log }: { host: Pick<CoreHost, 'environment'>; prompts: Prompts; log: Log },
): Commands {
  const store = openStore({ folder, name: 'commands', schema, defaults: { agreed: [] } })
  const isAgreed = ({ text }: ConfigCommand) => store.state.value.agreed.includes(text)

  return {
    isAgreed,
    async mayRun(command, purpose, options) {
      if (isAgreed(command)) return true
      const { text, expanded, file, line } = command
      const answer = await prompts.ask({ kind: 'run-command', purpose, text, expanded, file, line }, options)
      if (answer.kind !== 'yes') return false
      try {
        store.state.update(({ agreed }) => ({ agreed: [...agreed, text] }))
      } catch (error) {
        log.warn({ err: error }, 'an agreed command could not be remembered')
      }
      return true
    },
    succeeds({ expanded }) {
      const child = spawn(...throughShell(expanded, host.environment), { stdio: 'ignore', env: host.environment, timeout: PATIENCE_MS })
      return new Promise((resolve) => {
        child.once('error', () => resolve(false))
        child.once('close', (code) => resolve(code === 0))
      })
    },
  }
}
