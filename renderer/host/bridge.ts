import type { DesktopBridge } from '../../contract/desktop-bridge.ts'

declare global {
  interface Window {
    readonly mooring?: DesktopBridge<File>
  }
}

/** Absent in the browser host. */
export const bridge: DesktopBridge<File> | undefined = window.mooring
