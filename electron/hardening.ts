import type { Session, WebContents } from 'electron'
import { isPageUrl, openLink } from './page-calls.ts'

/** The page stays where it is, alone: links leave for the system's browser, everything else that would leave does not. */
export function confine(contents: WebContents, pageUrl: string): void {
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isPageUrl(event.url, pageUrl)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** No camera, location or devices: the page may tell what has ended, and no more. The clipboard goes through electron/page-calls.ts. */
export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permission === 'notifications'))
  session.setPermissionCheckHandler((_contents, permission) => permission === 'notifications')
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
}
