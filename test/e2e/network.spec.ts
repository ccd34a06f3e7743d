import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, instance, terminal, test } from '../support/page.ts'

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
  await details.getByRole('button', { name: 'Only me' }).click()
  await expect(page.getByRole('dialog')).toContainText('AWS says')
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})

test('a machine whose port 22 is closed says so, and its one remedy opens its terminal', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'shop-eu').dblclick()
  const why = terminal(page, 'shop-eu').getByRole('region', { name: "Why can't I connect?" })
  const path = why.getByRole('list', { name: 'The way of a packet' })
  await expect(path.getByRole('listitem').filter({ hasText: 'Security groups' })).toHaveAttribute('aria-current', 'step', {
    timeout: 40_000,
  })
  await expect(path).toContainText('The subnet leads to the internet gateway igw-')
  await expect(why).toContainText('No rule lets this computer in. Allow TCP 22 from this computer alone, in the group web-only.')
  await why.getByRole('button', { name: 'Allow 192.0.2.77' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a rule' })
  await expect(dialog).toContainText(/192\.0\.2\.77\/32 · Mooring: tester, \d{4}-\d\d-\d\d/)
  await dialog.getByRole('button', { name: 'Add the rule' }).click()
  await expect(terminal(page, 'shop-eu')).toContainText('ec2-user@shop-eu:~$')
})

test('an address that changed since the rule was made is put into that rule', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = await openNetwork(page, 'shop-eu')
  const inbound = details.getByRole('table', { name: 'Inbound rules' })
  await details.getByRole('region', { name: 'Inbound rules' }).getByRole('button', { name: 'Add' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Service' }).click()
  await page.getByRole('option', { name: 'SSH (22)' }).click()
  await dialog.getByRole('combobox', { name: 'From' }).click()
  await page.getByRole('option', { name: 'Address or CIDR block' }).click()
  await dialog.getByRole('textbox', { name: 'Address or CIDR block' }).fill('192.0.2.9')
  await dialog.getByLabel('Description').fill('Mooring: tester, 2026-01-02')
  await dialog.getByRole('button', { name: 'Show the change' }).click()
  await dialog.getByRole('button', { name: 'Add the rule' }).click()
  await expect(inbound).toContainText('SSH from 192.0.2.9/32')
  await details.getByRole('button', { name: "Why can't I connect?" }).click()
  await expect(details).toContainText('Your address changed since this rule was made: from 192.0.2.9/32 to 192.0.2.77.', {
    timeout: 40_000,
  })
  await details.getByRole('button', { name: 'Change it to 192.0.2.77' }).click()
  await dialog.getByRole('button', { name: 'Change the rule' }).click()
  await expect(inbound.getByRole('row', { name: /SSH from/ })).toHaveCount(1)
  await expect(details).toContainText('Nothing is in the way: sshd answers.')
})
