import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { type PracticeCloud, startPracticeCloud } from '../../demo/start.ts'
import { openEndpoint } from '../support/aws-endpoint.ts'
import { giveAccount } from '../support/host.ts'
import { expect, instance, test } from '../support/page.ts'

// An account of the person's own, whose endpoint answers with AWS's own errors.
let cloud: PracticeCloud
test.beforeAll(async () => {
  cloud = await startPracticeCloud()
})
test.beforeEach(({ home }) => giveAccount(home, cloud))
test.afterEach(() => cloud.clearFaults())
test.afterAll(() => cloud.stop())

const tree = (page: Page) => page.getByRole('tree', { name: 'Instances' })
const problem = (page: Page) => tree(page).getByRole('alert')

/** Exactly this and its buttons: no code, no stack, nothing of the SDK's. */
function says(alert: Locator, sentence: string, ...buttons: string[]): Promise<void> {
  return expect(alert).toHaveText(sentence + buttons.join(''))
}

const REGIONAL = [
  {
    name: 'a region that may not be listed',
    code: 'UnauthorizedOperation',
    says: '“practice” is not allowed to do ec2:DescribeInstances. Ask whoever manages the account for this permission.',
    buttons: ['Try again'],
  },
  {
    name: 'a region that is throttled for longer than patience lasts',
    code: 'RequestLimitExceeded',
    says: 'AWS asks “practice” to slow down (ec2:DescribeInstances). Wait a moment, then try again.',
    buttons: ['Try again'],
  },
  {
    name: 'a region that the account is not subscribed to',
    code: 'OptInRequired',
    says: "The region eu-west-1 is not enabled for “practice”. Enable it in the account's settings, or choose other regions.",
    buttons: ['Try again'],
  },
  {
    name: 'a region that does not know credentials which are good elsewhere',
    code: 'AuthFailure',
    says: "The region eu-west-1 is not enabled for “practice”. Enable it in the account's settings, or choose other regions.",
    buttons: ['Try again'],
  },
  {
    name: 'session keys that have expired',
    code: 'RequestExpired',
    says: 'The session keys of “practice” have expired. Renew them, or add new keys.',
    buttons: ['Add keys', 'Try again'],
  },
  {
    name: 'a clock that AWS does not agree with',
    code: 'RequestTimeTooSkewed',
    says: "This computer's clock is wrong, and AWS refuses requests from another time. Set the clock, then try again.",
    buttons: ['Try again'],
  },
  {
    name: 'a region whose service is down',
    code: 'Unavailable',
    says: 'AWS refused ec2:DescribeInstances: The service is unavailable. Please try again shortly. (Unavailable)',
    buttons: ['Try again'],
  },
]

for (const { name, code, says: sentence, buttons } of REGIONAL) {
  test(`${name} says so in its place, the others are listed, and it comes back when it can`, async ({ page, openApp }) => {
    await cloud.fail({ action: 'DescribeInstances', region: 'eu-west-1', code })
    await openApp()
    await expect(instance(page, 'web-1')).toBeVisible()
    await expect(instance(page, 'sensor-hub')).toBeVisible()
    await says(problem(page), sentence, ...buttons)
    await expect(tree(page).getByRole('treeitem').first()).toContainText('eu-west-1')
    await cloud.clearFaults()
    await problem(page).getByRole('button', { name: 'Try again' }).click()
    await expect(instance(page, 'staging')).toBeVisible()
    await expect(problem(page)).toHaveCount(0)
  })
}

test('keys that AWS does not accept lead to adding others', async ({ page, openApp, home }) => {
  const credentials = join(home, '.aws', 'credentials')
  await writeFile(credentials, (await readFile(credentials, 'utf8')).replace(/(secret_access_key = ).*/, '$1wrong'))
  await openApp()
  await says(
    problem(page),
    'AWS does not accept the keys of “practice”. Check that they are copied whole and still active, or add new ones.',
    'Add keys',
    'Try again',
  )
  await problem(page).getByRole('button', { name: 'Add keys' }).click()
  await expect(page.getByRole('dialog', { name: 'Add an AWS access key' })).toBeVisible()
})

test('whoever may not list regions sees where the profile points', async ({ page, openApp }) => {
  await cloud.fail({ action: 'DescribeRegions', code: 'UnauthorizedOperation' })
  await openApp()
  await expect(instance(page, 'web-1')).toBeVisible()
  await expect(problem(page)).toHaveCount(0)
  await expect(instance(page, 'staging')).toHaveCount(0)
})

test('an account that goes out of reach keeps its last known list, and says that it is old', async ({ page, openApp, home }) => {
  const own = await startPracticeCloud()
  await giveAccount(home, own)
  await openApp()
  await expect(instance(page, 'web-1')).toBeVisible()
  await own.stop()
  await page.getByRole('region', { name: 'Instances' }).getByRole('button', { name: 'Refresh' }).click()
  const [, endpoint] = /endpoint_url = (.*)/.exec(await readFile(join(home, '.aws', 'config'), 'utf8')) ?? []
  await says(problem(page), `${endpoint} refused the connection. Check the endpoint or proxy, then try again.`, 'Try again')
  await expect(instance(page, 'web-1')).toBeVisible()
  await expect(tree(page).getByRole('treeitem', { name: /us-east-1.* as of / })).toBeVisible()
})

test('a start and a stop that AWS refuses are told, and nothing pretends to have changed', async ({ page, openApp }) => {
  await cloud.fail({ action: 'StopInstances', code: 'UnauthorizedOperation' })
  await cloud.fail({ action: 'StartInstances', code: 'InsufficientInstanceCapacity' })
  await openApp()
  await instance(page, 'web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop' }).click()
  const dialog = page.getByRole('dialog')
  const refusedStop = page.getByRole('alert').filter({ hasText: 'StopInstances' })
  await expect(refusedStop).toHaveText(
    '“practice” is not allowed to do ec2:StopInstances. Ask whoever manages the account for this permission.',
  )
  await expect(dialog.getByRole('button', { name: 'Stop' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('treeitem', { name: /^web-1, running/ })).toBeVisible()

  await instance(page, 'batch').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Start' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'StartInstances' })).toHaveText(
    'AWS refused ec2:StartInstances: We currently do not have sufficient capacity in the Availability Zone you requested. (InsufficientInstanceCapacity)',
  )
  await expect(page.getByRole('treeitem', { name: /^batch, stopped/ })).toBeVisible()
})

test('a broken line of ~/.aws/config is named with its file, and what is whole in it is used', async ({ page, openApp, home }) => {
  const config = join(home, '.aws', 'config')
  const whole = await readFile(config, 'utf8')
  await writeFile(config, `${whole}this is no setting\n`)
  await openApp()
  await expect(instance(page, 'web-1')).toBeVisible()
  const alert = page.getByRole('region', { name: 'Instances' }).getByRole('alert')
  const line = whole.split('\n').length
  const sentence = `~/.aws/config cannot be read at line ${line}: it is neither a value nor a section. Correct that line, then reload the profiles.`
  await says(alert, sentence, 'Reload the profiles')
  await giveAccount(home, cloud)
  await alert.getByRole('button', { name: 'Reload the profiles' }).click()
  await expect(alert).toHaveCount(0)
})

test('a login at IAM Identity Center that has expired is made again from the list', async ({ page, openApp, home }) => {
  let confirmed = false
  const identityCenter = await openEndpoint(({ action }) => {
    switch (action) {
      case '/client/register':
        return { body: { clientId: 'client', clientSecret: 'secret', clientSecretExpiresAt: Math.floor(Date.now() / 1000) + 86_400 } }
      case '/device_authorization':
        return {
          body: { deviceCode: 'device', userCode: 'ABCD-EFGH', verificationUri: 'https://example.com/', expiresIn: 600, interval: 1 },
        }
      case '/token':
        return confirmed
          ? { body: { accessToken: 'token', expiresIn: 28_800 } }
          : { status: 400, body: {}, headers: { 'x-amzn-errortype': 'AuthorizationPendingException' } }
      default:
        return { body: { roleCredentials: { ...keys, sessionToken: 'session', expiration: Date.now() + 3_600_000 } } }
    }
  })
  const credentials = await readFile(cloud.awsCredentialsFile, 'utf8')
  const keys = {
    accessKeyId: /access_key_id = (.*)/.exec(credentials)?.[1],
    secretAccessKey: /secret_access_key = (.*)/.exec(credentials)?.[1],
  }
  const config = (await readFile(cloud.awsConfigFile, 'utf8')).replace('practice', 'corp')
  const login = 'sso_session = corp\nsso_account_id = 123456789012\nsso_role_name = Admin\nservices = corp\n'
  const session = '[sso-session corp]\nsso_start_url = https://example.awsapps.com/start\nsso_region = us-east-1\n'
  const services = ['sso', 'sso_oidc'].map((service) => `${service} =\n  endpoint_url = ${identityCenter.url}\n`).join('')
  await writeFile(join(home, '.aws', 'config'), `${config}${login}${session}[services corp]\n${services}`)
  await writeFile(join(home, '.aws', 'credentials'), '')
  await openApp()
  await says(problem(page), 'The login of “corp” has expired. Log in again in the browser.', 'Log in')
  await problem(page).getByRole('button', { name: 'Log in' }).click()
  const dialog = page.getByRole('dialog', { name: 'Log in as corp' })
  await expect(dialog).toContainText('ABCD-EFGH')
  confirmed = true
  await expect(dialog).toHaveCount(0)
  await expect(instance(page, 'web-1')).toBeVisible()
  await identityCenter.close()
})
