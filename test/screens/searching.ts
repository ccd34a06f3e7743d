import { giveBookmarks } from './bookmarks.ts'
import { expect, type Screen, type Stage } from './stage.ts'

function search(name: string, text: string): Screen {
  return {
    name,
    before: giveBookmarks,
    async go({ page, instance, say }: Stage) {
      await expect(instance('web-1')).toBeVisible()
      await page.keyboard.press('Control+k')
      const box = page.getByRole('textbox', { name: say('commands.open'), exact: true })
      await box.fill(text)
      await expect(box).toBeFocused()
    },
  }
}

export const searching: readonly Screen[] = [
  search('Search box', ''),
  search('Search box, instances', 'web'),
  search('Search box, a host', 'root@10.1.2.3:2222'),
  search('Search box, nothing found', 'zzzz'),
  {
    name: 'Quick connect',
    before: giveBookmarks,
    async go({ page, button, dialog, say }) {
      await button('workspace:newTab').click()
      await dialog.getByPlaceholder(say('bookmarks:quick.placeholder')).focus()
      await expect(page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'Quick connect, not a port',
    async go({ page, button, dialog, say }) {
      await button('workspace:newTab').click()
      await dialog.getByPlaceholder(say('bookmarks:quick.placeholder')).fill('me@10.1.2.3:99999')
      await page.keyboard.press('Enter')
      await expect(dialog).toContainText('99999')
    },
  },
]
