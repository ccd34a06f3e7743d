import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron'

/** The system's dialog over the window. Empty when cancelled. */
export async function chooseFiles(window: BrowserWindow | undefined, what: 'file' | 'folder' | 'log'): Promise<readonly string[]> {
  if (what === 'log') return chooseLogFile(window)
  const options: OpenDialogOptions = {
    // Keys live in `~/.ssh`, which dialogs hide.
    properties: [what === 'file' ? 'openFile' : 'openDirectory', 'multiSelections', 'showHiddenFiles'],
  }
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
  return filePaths
}

async function chooseLogFile(window: BrowserWindow | undefined): Promise<readonly string[]> {
  const options: SaveDialogOptions = { defaultPath: 'terminal.log', properties: ['createDirectory', 'showOverwriteConfirmation'] }
  const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options))
  return filePath ? [filePath] : []
}
