import audit from './es/audit.json'
import auth from './es/auth.json'
import backups from './es/backups.json'
import bookmarks from './es/bookmarks.json'
import deploy from './es/deploy.json'
import editor from './es/editor.json'
import errors from './es/errors.json'
import files from './es/files.json'
import fleet from './es/fleet.json'
import health from './es/health.json'
import help from './es/help.json'
import instance from './es/instance.json'
import keyless from './es/keyless.json'
import launch from './es/launch.json'
import many from './es/many.json'
import monitor from './es/monitor.json'
import network from './es/network.json'
import reasons from './es/reasons.json'
import schedules from './es/schedules.json'
import sharing from './es/sharing.json'
import shell from './es/shell.json'
import shortcuts from './es/shortcuts.json'
import snippets from './es/snippets.json'
import ssh from './es/ssh.json'
import stays from './es/stays.json'
import steps from './es/steps.json'
import transfers from './es/transfers.json'
import tunnels from './es/tunnels.json'
import updates from './es/updates.json'
import windows from './es/windows.json'
import workspace from './es/workspace.json'

export const spanish = {
  shell,
  errors,
  reasons,
  steps,
  workspace,
  windows,
  bookmarks,
  many,
  fleet,
  monitor,
  network,
  audit,
  backups,
  schedules,
  instance,
  health,
  help,
  shortcuts,
  snippets,
  ssh,
  transfers,
  files,
  tunnels,
  deploy,
  updates,
  auth,
  keyless,
  launch,
  editor,
  stays,
  sharing,
}
