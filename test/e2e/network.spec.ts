import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, instance, test } from '../support/page.ts'

async function openNetwork(page: Page, name: string): Promise<Locator> {
  await instance(page, name).click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await details.getByRole('tab', { name: 'Network' }).click()
  await expect(details.getByRole('table', { name: 'Inbound rules' })).toBeVisible()
  return details
}

test('TCP 5000 is opened to anyone in one step, after it was shown, and taken back', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = await openNetwork(page, 'web-1')
  const inbound = details.getByRole('table', { name: 'Inbound rules' })
  await expect(inbound).toContainText('SSH from anyone (IPv4)')
  await expect(details).toContainText('This computer is 192.0.2.77')
  await details.getByRole('button', { name: 'Open to anyone' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a rule' })
  await expect(dialog).toContainText('TCP 5000 from anyone (IPv4)')
  await expect(dialog).toContainText('TCP 5000 from anyone (IPv6)')
  await expect(dialog.getByRole('alert').first()).toContainText('web-2')
  await expect(dialog).toContainText('AWS says that you may do this (ec2:AuthorizeSecurityGroupIngress')
  await expect(dialog).toContainText(
    /aws ec2 authorize-security-group-ingress --profile practice --region us-east-1 --group-id sg-\w+ --ip-permissions '\[\{"IpProtocol":"tcp","FromPort":5000/,
  )
  await expect(inbound).not.toContainText('5000')
  await dialog.getByRole('button', { name: 'Add 2 rules' }).click()
  await expect(inbound).toContainText('TCP 5000 from anyone (IPv6)')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(inbound).not.toContainText('5000')
  await details.getByRole('button', { name: 'Activity' }).click()
  const activity = page.getByRole('dialog', { name: 'Activity' })
  await expect(activity.getByRole('listitem')).toHaveCount(2)
  await activity.getByRole('searchbox').fill('revoke')
  await expect(activity.getByRole('listitem')).toHaveCount(1)
  await expect(activity.getByRole('listitem')).toContainText('taken back')
})

test('a rule is filled in, added for an hour, changed and removed', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = await openNetwork(page, 'win-report')
  const inbound = details.getByRole('table', { name: 'Inbound rules' })
  await expect(inbound).toContainText('RDP from 192.0.2.0/24, this computer among them')
  await details.getByRole('region', { name: 'Inbound rules' }).getByRole('button', { name: 'Add' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Port or range').fill('8000-x')
  await dialog.getByRole('button', { name: 'Show the change' }).click()
  await expect(dialog).toContainText('A port such as 5000')
  await dialog.getByLabel('Port or range').fill('8000-8100')
  await dialog.getByLabel('Description').fill('trial')
  await dialog.getByRole('combobox', { name: 'How long' }).click()
  await page.getByRole('option', { name: 'For one hour' }).click()
  await dialog.getByRole('button', { name: 'Show the change' }).click()
  await expect(dialog).toContainText('192.0.2.77/32 · trial')
  await dialog.getByRole('button', { name: 'Add the rule' }).click()
  const row = inbound.getByRole('row', { name: /TCP 8000-8100 from this computer/ })
  await expect(row).toContainText('until')
  await row.getByRole('button', { name: /^Edit/ }).click()
  await dialog.getByLabel('Port or range').fill('8000')
  await dialog.getByRole('button', { name: 'Show the change' }).click()
  await dialog.getByRole('button', { name: 'Change the rule' }).click()
  const edited = inbound.getByRole('row', { name: /TCP 8000 from this computer/ })
  await edited.getByRole('button', { name: /^Remove/ }).click()
  await dialog.getByRole('button', { name: 'Remove the rule' }).click()
  await expect(edited).toHaveCount(0)
})

test('the tab and the dialog have no accessibility faults, and a missing permission is named', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = await openNetwork(page, 'shop-eu')
  await details.getByRole('button', { name: 'Only this computer' }).click()
  await expect(page.getByRole('dialog')).toContainText('AWS says')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})
