import type { KeptSession } from '../../contract/models/terminal.ts'
import type { Connection } from '../ssh/connect.ts'

const FIND = "exec sh -c 'for tool in tmux screen; do command -v $tool >/dev/null 2>&1 && echo $tool && exit; done; echo none'"

/**
 * What keeps a session on the host while nobody is connected to it, and the name under which this terminal comes back to it. `place`:
 * which of the terminals on that host it is, so that each has its own. Throws UserError CONNECTION_LOST, SHELL_REFUSED.
 */
export async function findKeeper(connection: Connection, place: number): Promise<KeptSession> {
  const found = (await connection.run(FIND)).output.trim()
  return { by: found === 'tmux' || found === 'screen' ? found : 'none', name: `mooring-${place}` }
}

/** Lands in the session of that name, new or not, and takes it from a connection that may not know yet that it is dead. Pure. */
export function keeperCommand({ by, name }: KeptSession): string | undefined {
  switch (by) {
    case 'tmux':
      return `exec tmux -u new-session -A -D -s ${name}`
    case 'screen':
      return `exec screen -U -D -R -S ${name}`
    case 'none':
      return undefined
  }
}
