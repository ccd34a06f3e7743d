import audit from './en/audit.json'
import auth from './en/auth.json'
import backups from './en/backups.json'
import bookmarks from './en/bookmarks.json'
import deploy from './en/deploy.json'
import editor from './en/editor.json'
import errors from './en/errors.json'
import files from './en/files.json'
import fleet from './en/fleet.json'
import health from './en/health.json'
import instance from './en/instance.json'
import keyless from './en/keyless.json'
import launch from './en/launch.json'
import many from './en/many.json'
import monitor from './en/monitor.json'
import network from './en/network.json'
import reasons from './en/reasons.json'
import schedules from './en/schedules.json'
import sharing from './en/sharing.json'
import shell from './en/shell.json'
import shortcuts from './en/shortcuts.json'
import snippets from './en/snippets.json'
import ssh from './en/ssh.json'
import stays from './en/stays.json'
import steps from './en/steps.json'
import transfers from './en/transfers.json'
import tunnels from './en/tunnels.json'
import updates from './en/updates.json'
import windows from './en/windows.json'
import workspace from './en/workspace.json'

export const english = {
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
