import AxeBuilder from '@axe-core/playwright'
import { expect, instance, terminal, test } from '../support/page.ts'

test('a protected instance is terminated only after its protection is lifted and its name typed', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'db-primary').dblclick()
  await expect(terminal(page, 'db-primary')).toContainText('admin@db-primary:~$')
  await instance(page, 'db-primary').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Terminate…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Terminate db-primary' })
  await expect(dialog).toContainText('db-primary is protected from being terminated.')
  await expect(dialog.getByRole('button', { name: 'Terminate' })).toBeDisabled()
  await dialog.getByRole('checkbox', { name: 'Switch this protection off first' }).check()
  await expect(dialog).toContainText('A terminated instance is gone for good.')
  await expect(dialog).toContainText(/Deleted with it: vol-\w+/)
  await expect(dialog).toContainText('--no-disable-api-termination')
  await expect(dialog.getByRole('button', { name: 'Terminate' })).toBeDisabled()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await dialog.getByLabel('Type db-primary to confirm').fill('db-primary')
  await dialog.getByRole('button', { name: 'Terminate' }).click()
  await expect(page.getByRole('treeitem', { name: /^db-primary, terminated/ })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('status').filter({ hasText: 'db-primary is terminated' })).toBeVisible()
})

test('several are stopped together from the table, and taken back together', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const table = page.getByRole('grid', { name: 'Instances' })
  await table.getByRole('row', { name: 'web-1' }).click()
  await table.getByRole('row', { name: 'web-2' }).click({ modifiers: ['ControlOrMeta'] })
  await table.getByRole('row', { name: 'web-2' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop' }).click()
  await page.getByRole('dialog', { name: 'Stop 2 instances' }).getByRole('button', { name: 'Stop 2' }).click()
  const notice = page.getByRole('status').filter({ hasText: '2 instances are stopped' })
  await expect(notice).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('treeitem', { name: /^web-2, stopped/ })).toBeVisible()
  await notice.getByRole('button', { name: 'Undo…' }).click()
  await page.getByRole('dialog', { name: 'Start 2 instances' }).getByRole('button', { name: 'Start 2' }).click()
  await expect(page.getByRole('treeitem', { name: /^web-1, running/ })).toBeVisible({ timeout: 30_000 })
})

test('the overview tells everything; tags are edited in it, and a type is chosen of those that fit', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'batch').click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect(details.getByRole('region', { name: 'Machine' })).toContainText('c6i.xlarge')
  await expect(details.getByRole('region', { name: 'Machine' })).toContainText(
    'About $124.10 a month, running all the time (on demand, Linux, 730 h), without disks and traffic.',
  )
  await expect(details.getByRole('region', { name: 'Access' })).toContainText('IMDSv2')
  const tags = details.getByRole('region', { name: 'Tags' })
  await tags.getByRole('button', { name: 'Edit tags' }).click()
  await tags.getByLabel('Value of Schedule').fill('weekly')
  await tags.getByRole('button', { name: 'Save' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Now: Schedule = nightly')
  await dialog.getByRole('button', { name: 'Change the tags' }).click()
  await expect(tags).toContainText('weekly')
  await details.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Change type…' }).click()
  await dialog.getByRole('combobox', { name: 'New type' }).click()
  await expect(page.getByRole('option', { name: /^t4g/ })).toHaveCount(0)
  await page.getByRole('option', { name: /^c6i.large · 2 vCPUs · 4 GiB/ }).click()
  await expect(dialog).toContainText('About $62.05 a month')
  await dialog.getByRole('button', { name: 'Show the change' }).click()
  await dialog.getByRole('button', { name: 'Change the type' }).click()
  await expect(details.getByRole('region', { name: 'Machine' })).toContainText('c6i.large')
})

test('the password of a Windows instance does not come into the page: in a browser the command that tells it is named', async ({
  page,
  openApp,
}) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'win-report').click()
  await page.getByRole('complementary', { name: 'Details' }).getByRole('button', { name: 'Remote desktop…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remote desktop of win-report' })
  await expect(dialog.getByRole('combobox', { name: 'Way there' })).toHaveValue('Straight to 203.0.113.160')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await dialog.getByRole('button', { name: 'Copy the password' }).click()
  await expect(dialog.getByRole('alert')).toContainText(
    'aws ec2 get-password-data --profile practice --region eu-west-1 --instance-id i-0e5b9f1a3c7d84062 --priv-launch-key',
  )
})
