import type { Extras } from '../../contract/models/reach.ts'
import type { ConnectChoices } from '../../contract/models/terminal.ts'
import type { ConfiguredHost } from '../ssh/config/host.ts'

/** What was chosen counts before the person's own file, which knows nothing of kept sessions. Pure. */
export function extrasOf({ keepSession, forwardX11 }: ConnectChoices, configured: ConfiguredHost | undefined): Extras {
  const x11 = forwardX11 ?? configured?.forwardX11
  return { ...(keepSession ? { keepSession } : {}), ...(x11 === undefined ? {} : { forwardX11: x11 }) }
}
