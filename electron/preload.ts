import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { DesktopBridge } from '../contract/desktop-bridge.ts'

/** All that the page can do outside its sandbox. The main process checks every call once more: electron/page-calls.ts. */
const bridge: DesktopBridge<File> = {
  openPort(id, channel) {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage('open-port', channel, [port2])
    // To this very window, which nothing else can ever be loaded into.
    window.postMessage({ mooringPort: id }, '*', [port1])
  },
  pathOf: (file) => webUtils.getPathForFile(file),
  openLink: (url) => ipcRenderer.send('open-link', url),
  openWindow: (id, place) => ipcRenderer.send('open-window', id, place),
  setFullScreen: (on) => ipcRenderer.send('full-screen', on),
  readClipboard: () => ipcRenderer.invoke('read-clipboard'),
  writeClipboard: (text, html) => ipcRenderer.invoke('write-clipboard', text, html),
}

contextBridge.exposeInMainWorld('mooring', bridge)
