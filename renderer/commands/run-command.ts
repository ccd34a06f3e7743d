import { type CommandId, isAppCommand } from '../shortcuts/commands.ts'
import { runInWorkspace } from '../workspace/shortcuts.ts'
import { appActions } from './app-actions.ts'

/** Nothing where it needs a terminal and none is in front. */
export function runCommand(id: CommandId): void {
  if (isAppCommand(id)) appActions[id]()
  else runInWorkspace(id)
}
