import { Menu, type MenuItemConstructorOptions } from 'electron'

/**
 * Roles only: their words and keys are the system's. Elsewhere than on a Mac there is no menu, because its keys (Ctrl+W, Ctrl+R)
 * belong to the shell in the terminal; the page has its own commands.
 */
export function setMenu(platform: NodeJS.Platform = process.platform): void {
  const roles: MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(roles) : null)
}
