import type { DesktopBridge } from '../../contract/desktop-bridge.ts'

declare global {
  var mooring: DesktopBridge<File> | undefined
}

/** Absent in the browser host. */
export const bridge: DesktopBridge<File> | undefined = globalThis.mooring
