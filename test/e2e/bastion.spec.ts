import AxeBuilder from '@axe-core/playwright'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

test('an instance with no public address is opened through a bastion with one click, which is remembered', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'cache').dblclick()
  await expect(terminal(page, 'cache')).toContainText('has only the private address 10.20.2.40')
  await page.getByRole('button', { name: 'Go through web-1' }).click()
  await expect(terminal(page, 'cache')).toContainText('ubuntu@cache:~$')
  await expect(page.getByRole('toolbar', { name: 'About cache' })).toContainText('through web-1')
  await expect(page.getByRole('toolbar', { name: 'About cache' })).toContainText('host key verified by AWS')
  await answers(page, 'cache', 'echo sum=$((20+3))', 'sum=23')

  // The details ask anew how it would be reached the next time.
  const way = page.getByRole('list', { name: 'The way there' })
  await expect(way.getByRole('listitem')).toHaveText([/This computer/, /web-1.*jump host/, /10\.20\.2\.40/])
  const axe = await new AxeBuilder({ page }).include('[aria-label="The way there"]').analyze()
  expect(axe.violations).toEqual([])
})

test('the way to a host is typed among its choices, and the picture shows where it ends', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-2').click()
  const connection = page.getByRole('region', { name: 'Connection' })
  await connection.getByRole('button', { name: 'Change' }).click()
  await connection.getByLabel('Through').fill('socks5://127.0.0.1:9')
  await connection.getByRole('button', { name: 'Save' }).click()
  await expect(connection.getByRole('list', { name: 'The way there' })).toContainText('127.0.0.1:9')
  await instance(page, 'web-2').dblclick()
  await expect(terminal(page, 'web-2')).toContainText('nothing listens on port 9')
  const way = terminal(page, 'web-2').getByRole('list', { name: 'The way there' })
  await expect(way.getByRole('listitem')).toHaveText([/This computer/, /127\.0\.0\.1:9.*failed/, /web-2.*not yet/])
  await connection.getByRole('button', { name: 'Find out again' }).click()
  await expect(connection.getByRole('list', { name: 'The way there' })).toHaveCount(0)
})
