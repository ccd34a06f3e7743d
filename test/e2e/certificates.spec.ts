import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { makeAuthority } from '../support/certificates.ts'
import { type KnownHost, startKnownHost } from '../support/host.ts'
import { expect, terminal, test } from '../support/page.ts'
import { makeKey } from '../support/sshd.ts'

let host: KnownHost
test.afterEach(() => host.remove())

test('a certificate that is pasted goes with its key and opens the host; one that has expired says so, here and when it is refused', async ({
  page,
  openApp,
  home,
}) => {
  const authority = makeAuthority(join(home, 'authority'))
  host = await startKnownHost({ config: [`TrustedUserCAKeys ${authority.key.path}.pub`] })
  const { port, user } = host.sshd
  await mkdir(join(host.home, 'away'))
  const [good, old] = ['good', 'old'].map((name) => makeKey(join(host.home, '.ssh', name)))
  if (!good || !old) throw new Error('two keys')
  const { text } = authority.sign(good, { name: 'alice@example', principals: [user] }, join(host.home, 'away', 'good'))
  authority.sign(old, { name: 'alice in 2020', principals: [user], validity: '20200101:20210101' })
  await openApp({ home: host.home })

  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Keys' }).click()
  await expect(settings).toContainText('Certificate “alice in 2020”')
  await expect(settings).toContainText('It has expired.')
  await settings.getByRole('button', { name: 'Paste a key or a certificate…' }).click()
  const paste = page.getByRole('dialog', { name: 'Paste a private key or a certificate' })
  await paste.getByLabel('Private key, or certificate').fill(text)
  await expect(paste.getByLabel('Name')).toHaveCount(0)
  await paste.getByRole('button', { name: 'Add' }).click()
  await expect(settings).toContainText(`Certificate “alice@example” for ${user}, without an end`)
  await expect(settings.getByRole('button', { name: 'Forget the certificate alice@example' })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')

  for (const name of ['good', 'old']) {
    await page.getByRole('button', { name: 'New connection' }).click()
    await page.getByRole('combobox', { name: 'Connect to' }).fill(`ssh -i ~/.ssh/${name} -p ${port} ${user}@127.0.0.1`)
    await page.keyboard.press('Enter')
    if (name === 'good') await expect(terminal(page, '127.0.0.1')).toContainText('ready> ')
  }
  await expect(page.getByRole('alert').filter({ hasText: 'expired on' })).toContainText('The certificate “alice in 2020” of the key old')
})
