import { appendFile, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { makeAuthority } from '../support/certificates.ts'
import { makeKey } from '../support/sshd.ts'
import { expect, type Screen, type Stage } from './stage.ts'

async function openPage({ page, button, say }: Stage, name: string) {
  await button('settings.title').click()
  await page.getByRole('tab', { name: say(`settings.pages.${name}`), exact: true }).click()
}

async function makeVault(stage: Stage) {
  await openPage(stage, 'vault')
  await stage.dialog.getByLabel(stage.say('vault.password'), { exact: true }).fill('a long sentence')
  await stage.dialog.getByLabel(stage.say('vault.again')).fill('a long sentence')
  await stage.button('vault.create').click()
  await expect(stage.button('vault.lock')).toBeVisible()
}

const sso = `[profile work]
sso_session = company
sso_account_id = 123456789012
sso_role_name = Developer
region = eu-west-1
[sso-session company]
sso_start_url = https://company.awsapps.com/start
sso_region = eu-west-1
[profile admin]
role_arn = arn:aws:iam::123456789012:role/Admin
source_profile = work
[profile unfinished]
region = eu-west-1
`
const giveProfiles = ({ home }: { readonly home: string }) => appendFile(join(home, '.aws', 'config'), sso)

export const settings: readonly Screen[] = [
  ...(['look', 'terminal', 'terminalLook', 'shortcuts', 'file', 'vault'] as const).map(
    (name): Screen => ({
      name: `Settings, ${name}`,
      async go(stage) {
        await openPage(stage, name)
        await expect(stage.dialog.getByRole('tabpanel')).toBeVisible()
      },
    }),
  ),
  {
    name: 'Settings, the system is not to tell',
    async go(stage) {
      await openPage(stage, 'terminal')
      await stage.page.getByRole('switch', { name: stage.say('settings.tellOutside') }).click()
      await expect(stage.page.getByText(stage.say('settings.tellOutsideRefused'))).toBeVisible()
    },
  },
  {
    name: 'Settings, keys',
    async before({ home }) {
      const authority = makeAuthority(join(home, 'authority'))
      const key = makeKey(join(home, '.ssh', 'id_ed25519'), { passphrase: 'a passphrase' })
      authority.sign(key, { name: 'alice@example.com', principals: ['ubuntu', 'deploy'], validity: '-1h:20300101' })
      const old = makeKey(join(home, '.ssh', 'id_ecdsa'), { type: 'ecdsa' })
      authority.sign(old, { name: 'alice@example.com (2020)', principals: ['ubuntu'], validity: '20200101:20210101' })
      makeKey(join(home, '.ssh', 'readable-by-all.pem'))
      await chmod(join(home, '.ssh', 'readable-by-all.pem'), 0o644)
    },
    async go(stage) {
      await openPage(stage, 'keys')
      await expect(stage.dialog).toContainText('id_ed25519')
    },
  },
  {
    name: 'Settings, no keys',
    newcomer: true,
    async go(stage) {
      await openPage(stage, 'keys')
      await expect(stage.dialog).toContainText(stage.say('keys.none'))
    },
  },
  {
    name: 'Settings, pasting a key',
    async go(stage) {
      await openPage(stage, 'keys')
      await stage.button('keys.paste').click()
      await expect(stage.page.getByRole('dialog', { name: stage.say('keys.pasteTitle') })).toBeVisible()
    },
  },
  { name: 'Settings, vault open', go: makeVault },
  {
    name: 'Settings, vault locked',
    async go(stage) {
      await makeVault(stage)
      await stage.button('vault.lock').click()
      await expect(stage.button('vault.unlock')).toBeVisible()
    },
  },
  {
    name: 'Profiles',
    before: giveProfiles,
    async go({ page, button, item, dialog, say }) {
      await page.getByRole('button', { name: new RegExp(`^${say('profiles.picker')}`) }).click()
      await item('profiles.manage').click()
      await expect(dialog).toContainText('unfinished')
      await expect(button('profiles.reload')).toBeVisible()
    },
  },
  {
    name: 'Profiles, picker',
    before: giveProfiles,
    async go({ page, item, say }) {
      await page.getByRole('button', { name: new RegExp(`^${say('profiles.picker')}`) }).click()
      await expect(item('profiles.manage')).toBeVisible()
    },
  },
  {
    name: 'Regions',
    async go({ page, instance, say }) {
      await expect(instance('web-1')).toBeVisible()
      await page.getByRole('button', { name: new RegExp(`^${say('regionPicker.picker')}`) }).click()
      await expect(page.getByRole('checkbox', { name: 'us-east-1' })).toBeVisible()
    },
  },
  {
    name: 'Add keys',
    newcomer: true,
    async go({ button, dialog }) {
      await button('next.addKeys').click()
      await expect(dialog).toBeVisible()
      await button('addKeys.submit').click()
    },
  },
]
