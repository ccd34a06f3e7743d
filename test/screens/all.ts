import { audit } from './audit.ts'
import { backups, launch, schedules } from './backups.ts'
import { bookmarks } from './bookmarks.ts'
import { consoles } from './consoles.ts'
import { deploy } from './deploy.ts'
import { editor } from './editor.ts'
import { files } from './files.ts'
import { first } from './first.ts'
import { fleet } from './fleet.ts'
import { health } from './health.ts'
import { help } from './help.ts'
import { instances } from './instances.ts'
import { many } from './many.ts'
import { narrow } from './narrow.ts'
import { network } from './network.ts'
import { searching } from './searching.ts'
import { settings } from './settings.ts'
import { sharing } from './sharing.ts'
import type { Screen } from './stage.ts'
import { terminals } from './terminals.ts'
import { transfers } from './transfers.ts'
import { tunnels } from './tunnels.ts'

/** In the order of the index page. A new screen is an entry in one of these. */
export const screens: readonly Screen[] = [
  ...first,
  ...instances,
  ...health,
  ...terminals,
  ...transfers,
  ...files,
  ...editor,
  ...network,
  ...audit,
  ...deploy,
  ...backups,
  ...schedules,
  ...launch,
  ...consoles,
  ...many,
  ...fleet,
  ...sharing,
  ...searching,
  ...bookmarks,
  ...tunnels,
  ...settings,
  ...help,
  ...narrow,
]
