import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect, instance, test } from '../support/page.ts'
import { freePort } from '../support/sshd.ts'

async function openDeploy(page: Page, name: string): Promise<Locator> {
  await instance(page, name).click()
  const details = page.getByRole('complementary', { name: 'Details' })
  await details.getByRole('tab', { name: 'Deploy' }).click()
  await details.getByRole('button', { name: 'See what is deployed' }).click()
  await expect(details.getByText('Nothing is deployed here yet.')).toBeVisible()
  return details
}

async function fetchProject(page: Page, details: Locator, project: string): Promise<Locator> {
  await details.getByRole('button', { name: 'Deploy a project' }).click()
  const dialog = page.getByRole('dialog', { name: 'Deploy a project' })
  await dialog.getByRole('textbox', { name: 'Address' }).fill(`https://git.practice.example/${project}.git`)
  await expect(dialog).toContainText(`git clone --depth 1 -- https://git.practice.example/${project}.git`)
  await dialog.getByRole('button', { name: 'Add a variable' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).last().fill('GREETING')
  await dialog.getByLabel('Value', { exact: true }).fill('Good morning')
  await dialog.getByRole('button', { name: 'Fetch the project' }).click()
  return details.getByRole('region', { name: `Deployment of ${project}` })
}

test('a project goes online, is opened to anyone and answers from outside', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = await openDeploy(page, 'web-1')
  const port = await freePort()
  const run = await fetchProject(page, details, 'hello-web')
  await expect(run.getByRole('group', { name: 'Before it goes on' })).toContainText('Python, by app.py')
  await run.getByLabel('Port').fill(String(port))
  await run.getByRole('button', { name: 'Go on' }).click()
  await expect(run).toContainText('It answers on the machine with status 200.', { timeout: 30_000 })
  await expect(run.getByRole('listitem').filter({ hasText: 'Start the service' })).toContainText(
    'systemctl --user enable --now mooring-hello-web.service',
  )
  await expect(page.locator('body')).not.toContainText('Good morning')
  await run.getByRole('button', { name: 'Close' }).click()
  const app = details.getByRole('region', { name: 'hello-web', exact: true })
  await expect(app).toContainText('runs')
  await app.getByRole('button', { name: 'Look from outside' }).click()
  await expect(app).toContainText('no rule of its security groups lets this computer in')
  await app.getByRole('button', { name: 'Anyone' }).click()
  const change = page.getByRole('dialog', { name: 'Add a rule' })
  await expect(change).toContainText(`TCP ${port} from anyone (IPv4)`)
  await change.getByRole('button', { name: 'Add 2 rules' }).click()
  await expect(app).toContainText(`http://203.0.113.10:${port} answers with status 200.`)
  await app.getByRole('button', { name: 'Log', exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Log of hello-web' })).toContainText(`Serving on 0.0.0.0:${port}`)
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
})

test('an app that listens on 127.0.0.1 only says so; it is removed again', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = await openDeploy(page, 'web-2')
  const port = await freePort()
  const run = await fetchProject(page, details, 'hello-local')
  await run.getByLabel('Port').fill(String(port))
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await run.getByRole('button', { name: 'Go on' }).click()
  await expect(run).toContainText('It answers on the machine with status 200.', { timeout: 30_000 })
  const app = details.getByRole('region', { name: 'hello-local', exact: true })
  await expect(app).toContainText('It listens on 127.0.0.1 only')
  await app.getByRole('button', { name: 'Look from outside' }).click()
  await expect(app).toContainText('cannot be reached: the app listens on 127.0.0.1 only.')
  await app.getByRole('button', { name: 'More for hello-local' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(details.getByText('Nothing is deployed here yet.')).toBeVisible()
})
