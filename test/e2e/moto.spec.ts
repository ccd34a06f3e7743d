import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EC2 } from '@aws-sdk/client-ec2'
import { type KnownHost, startKnownHost } from '../support/host.ts'
import { type Moto, startMoto } from '../support/moto.ts'
import { answers, expect, instance, terminal, test } from '../support/page.ts'
import { makeKey } from '../support/sshd.ts'

const REGION = 'eu-west-1'

let host: KnownHost
let moto: Moto
let instanceId: string

// An account that nobody here wrote, and one of its instances standing for a real OpenSSH server through `~/.ssh/config`.
test.beforeAll(async () => {
  host = await startKnownHost()
  moto = await startMoto()
  const { home, sshd } = host
  const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'notasecret' }
  await writeFile(join(home, '.aws', 'config'), `[profile course]\nregion = ${REGION}\nendpoint_url = ${moto.endpoint}\n`)
  await writeFile(
    join(home, '.aws', 'credentials'),
    `[course]\naws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${keys.secretAccessKey}\n`,
  )
  const ec2 = new EC2({ region: REGION, endpoint: moto.endpoint, credentials: keys })
  const key = makeKey(join(home, '.ssh', 'course.pem'))
  await appendFile(join(sshd.folder, 'authorized_keys'), `${key.publicKey}\n`)
  await ec2.importKeyPair({ KeyName: 'course', PublicKeyMaterial: Buffer.from(key.publicKey) })
  const { Instances } = await ec2.runInstances({
    ImageId: 'ami-12c6146b',
    MinCount: 1,
    MaxCount: 1,
    KeyName: 'course',
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: 'student-1' }] }],
  })
  instanceId = Instances?.[0]?.InstanceId ?? ''
  await writeFile(join(home, '.ssh', 'config'), `Host ${instanceId}\n  HostName 127.0.0.1\n  Port ${sshd.port}\n  User ${sshd.user}\n`)
  await writeFile(join(home, '.ssh', 'known_hosts'), '')
})
test.afterAll(async () => {
  await moto?.stop()
  await host?.remove()
})

test("an instance of somebody else's AWS is listed, asked about once, and opened with the key that is its key pair", async ({
  page,
  openApp,
}) => {
  const { home, sshd } = host
  await openApp({ home })
  await instance(page, 'student-1').dblclick()
  const question = page.getByRole('dialog', { name: 'Is this the right host?' })
  // The first time that moto is asked for images it reads all that it knows of.
  await expect(question).toContainText(`${instanceId} (127.0.0.1), port ${sshd.port}`, { timeout: 60_000 })
  await question.getByRole('button', { name: 'Trust and connect' }).click()
  await expect(terminal(page, 'student-1')).toContainText('ready> ')
  await answers(page, 'student-1', 'echo sum=$((20+3)); uname', /sum=23[\s\S]*Linux/)
  const about = page.getByRole('toolbar', { name: 'About student-1' })
  await expect(about).toContainText(`${sshd.user}@student-1`)
  await expect(about).toContainText('~/.ssh/config names it')
  await expect(about).toContainText('course.pem')
  await expect(about).toContainText('host key accepted by you')

  await page.getByRole('tab', { name: 'student-1' }).click()
  await page.keyboard.press('Control+Shift+W')
  await expect(about).toHaveCount(0)
  await instance(page, 'student-1').dblclick()
  await answers(page, 'student-1', 'echo again=$((40+2))', 'again=42')
  await expect(about).toContainText('host key known for this instance')
  await expect(question).toHaveCount(0)
  expect(await readFile(join(home, '.ssh', 'known_hosts'), 'utf8')).toContain(sshd.hostKeys[0]?.split(' ')[1])
})

test('its instance is stopped and started from the page', async ({ page, openApp }) => {
  await openApp({ home: host.home })
  await instance(page, 'student-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('treeitem', { name: /^student-1, stopped/ })).toBeVisible()
  await instance(page, 'student-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Start' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('treeitem', { name: /^student-1, running/ })).toBeVisible()
})
