import { startKnownHost } from '../support/host.ts'
import { makeManyFiles } from '../support/many-files.ts'
import { expect, test } from '../support/page.ts'

test('a folder with 100,000 files opens, scrolls, is filtered and sorted, and only rows in view are in the page', async ({
  page,
  openApp,
}) => {
  const files = makeManyFiles(100_000)
  const host = await startKnownHost({ config: ['ForceCommand internal-sftp'] })
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(`sftp://${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
  await page.keyboard.press('Enter')
  const pane = page.getByRole('region', { name: '127.0.0.1, files only' })
  const list = pane.getByRole('grid')
  const row = (name: string) => list.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
  await pane.getByRole('combobox', { name: 'Path' }).fill(files.folder)
  await page.keyboard.press('Enter')
  await expect(pane.getByRole('status')).toContainText('100,000 entries', { timeout: 60_000 })
  await expect(list).toHaveAttribute('aria-rowcount', '100001')
  await expect(row('file-1.log')).toBeVisible()

  await list.focus()
  await page.keyboard.press('End')
  await expect(row('file-100000.log')).toBeInViewport()
  expect(await list.getByRole('row').count()).toBeLessThan(100)

  await pane.getByRole('searchbox', { name: 'Filter' }).fill('77777')
  await expect(pane.getByRole('status')).toContainText('1 entry')
  await expect(row('file-77777.log')).toBeVisible()
  await pane.getByRole('searchbox', { name: 'Filter' }).press('Escape')

  await list.getByRole('button', { name: 'Size' }).click()
  await list.getByRole('button', { name: 'Size' }).click()
  await expect(list.getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending')
  await list.focus()
  await page.keyboard.press('Home')
  await expect(list.getByRole('row').nth(1)).toContainText('file-99999.log')
  await host.remove()
  files.remove()
})
