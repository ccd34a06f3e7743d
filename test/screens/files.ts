import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Screen, type Stage } from './stage.ts'

export const panelOf = ({ page, say }: Stage) => page.getByRole('region', { name: say('files:panel', { name: 'web-1' }) })
const path = (stage: Stage) => panelOf(stage).getByRole('textbox', { name: stage.say('files:path') })

/** web-1's home, on this computer's disk. */
async function homeOf({ run, terminal }: Stage): Promise<string> {
  await run('web-1', 'echo "<$HOME>"; clear', '>')
  const said = (await terminal('web-1').textContent()) ?? ''
  const home = /<(\/[^>]*)>/.exec(said.replace(/\s/g, ''))?.[1]
  if (!home) throw new Error('the shell did not say where its home is')
  return home
}

export const files: readonly Screen[] = [
  {
    name: 'Files, wide',
    async go(stage) {
      const { openShell, page } = stage
      await openShell('web-1')
      await expect(panelOf(stage)).toContainText('welcome.txt')
      const handle = panelOf(stage).getByRole('separator')
      await handle.focus()
      for (let step = 0; step < 18; step += 1) await page.keyboard.press('ArrowRight')
      await panelOf(stage).getByText('welcome.txt').click()
    },
  },
  {
    name: 'Files, no such folder',
    async go(stage) {
      await stage.openShell('web-1')
      await expect(panelOf(stage)).toContainText('welcome.txt')
      await path(stage).fill('/etc')
      await path(stage).press('Enter')
      await expect(panelOf(stage).getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Files, menu and hostile names',
    async go(stage) {
      await stage.openShell('web-1')
      const home = await homeOf(stage)
      await writeFile(join(home, 'invoice.\u202efdp.sh'), '')
      await symlink('gone', join(home, 'old-release'))
      await symlink('app', join(home, 'current'))
      await stage.button('files:refresh').click()
      await panelOf(stage).getByText('current').click({ button: 'right' })
      await expect(stage.item('files:refresh')).toBeVisible()
    },
  },
]
