import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'

/** The system's dialog over the window. Empty when cancelled. */
export async function chooseFiles(window: BrowserWindow | undefined, what: 'file' | 'folder'): Promise<readonly string[]> {
  const options: OpenDialogOptions = {
    // Keys live in `~/.ssh`, which dialogs hide.
    properties: [what === 'file' ? 'openFile' : 'openDirectory', 'multiSelections', 'showHiddenFiles'],
  }
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return filePaths
}
