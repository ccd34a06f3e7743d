import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePdf } from '../support/make-pdf.ts'
import { homeOf, panelOf } from './files.ts'
import { expect, type Screen, type Stage } from './stage.ts'

const NGINX = `# What the shop is served by.
user  www-data;
worker_processes  auto;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  "application/octet-stream";
    keepalive_timeout  65;

    server {
        listen       80;
        server_name  shop.example.org;
        location / {
            proxy_pass  http://127.0.0.1:5000;
        }
    }
}
`

async function openFile(stage: Stage, name: string, content: string | Buffer): Promise<string> {
  await stage.openShell('web-1')
  await expect(panelOf(stage)).toContainText('welcome.txt')
  const file = join(await homeOf(stage), name)
  await writeFile(file, content)
  await panelOf(stage)
    .getByRole('button', { name: stage.say('files:refresh'), exact: true })
    .click()
  await panelOf(stage).getByText(name).dblclick()
  return file
}
const area = ({ page, say }: Stage, name: string) => page.getByRole('textbox', { name: say('editor:label', { name, host: 'web-1' }) })

export const editor: readonly Screen[] = [
  {
    name: 'Editor, with a search',
    async go(stage) {
      await openFile(stage, 'nginx.conf', NGINX)
      await expect(area(stage, 'nginx.conf')).toBeFocused()
      await stage.page.keyboard.type('# new\n')
      await stage.page.keyboard.press('Control+f')
      await stage.page.keyboard.type('server')
    },
  },
  {
    name: 'A PDF in a tab',
    async go(stage) {
      await openFile(stage, 'report.pdf', makePdf(['Report of the third quarter', 'What comes next']))
      await expect(stage.page.getByText('Report of the third quarter')).toBeVisible()
    },
  },
  {
    name: 'A PDF that is damaged',
    async go(stage) {
      await openFile(stage, 'report.pdf', '%PDF-1.4\nnothing of the kind')
      await expect(stage.page.getByRole('alert').filter({ hasText: 'report.pdf' })).toBeVisible()
    },
  },
  {
    name: 'A PDF that opens with a password',
    async go(stage) {
      await openFile(stage, 'report.pdf', makePdf(['Nobody reads this'], { locked: true }))
      await expect(stage.page.getByRole('alert').filter({ hasText: 'report.pdf' })).toBeVisible()
    },
  },
  {
    name: 'Editor, changed on the host',
    async go(stage) {
      const file = await openFile(stage, 'nginx.conf', NGINX)
      await expect(area(stage, 'nginx.conf')).toBeFocused()
      await stage.page.keyboard.type('# new\n')
      await writeFile(file, NGINX.replace('1024', '4096'))
      await stage.page.keyboard.press('Control+s')
      await expect(stage.page.getByRole('dialog')).toBeVisible()
    },
  },
  {
    name: 'Editor, comparing',
    async go(stage) {
      const file = await openFile(stage, 'nginx.conf', NGINX)
      await expect(area(stage, 'nginx.conf')).toBeFocused()
      await stage.page.keyboard.type('# new\n')
      await writeFile(file, NGINX.replace('1024', '4096'))
      await stage.page.keyboard.press('Control+s')
      await stage.page
        .getByRole('dialog')
        .getByRole('button', { name: stage.say('editor:compare.do') })
        .click()
      await expect(stage.page.getByText('4096')).toBeVisible()
    },
  },
  {
    name: 'Editor, no text',
    async go(stage) {
      await openFile(stage, 'program.bin', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]))
      await expect(stage.page.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Log, followed',
    async go(stage) {
      const { page, say } = stage
      await stage.openShell('web-1')
      const file = join(await homeOf(stage), 'shop.log')
      const lines = Array.from(
        { length: 400 },
        (_, index) => `2026-05-04T09:00:${String(index % 60).padStart(2, '0')} GET /basket/${index} 200`,
      )
      await writeFile(file, `${lines.join('\n')}\n\x1b[31m2026-05-04T09:07:01 POST /order 500 no space left on device\x1b[0m\n`)
      await panelOf(stage)
        .getByRole('button', { name: say('files:refresh'), exact: true })
        .click()
      await panelOf(stage).getByText('shop.log').click({ button: 'right' })
      await stage.item('files:followLog').click()
      const log = page.getByRole('textbox', { name: say('editor:log.label', { name: 'shop.log', host: 'web-1' }) })
      await expect(log).toContainText('no space left')
      await rename(file, `${file}.1`)
      await writeFile(file, '2026-05-04T09:08:00 GET / 200\n')
      await expect(log).toContainText(say('editor:log.replaced'))
      await expect(log).toContainText('09:08:00')
      await stage.button('editor:log.pause').click()
    },
  },
  {
    name: 'Editor, as root',
    async go(stage) {
      await stage.openShell('web-1')
      await expect(panelOf(stage)).toContainText('welcome.txt')
      await panelOf(stage)
        .getByRole('button', { name: stage.say('files:asRoot'), exact: true })
        .click()
      await panelOf(stage).getByText('welcome.txt').dblclick()
      await expect(area(stage, 'welcome.txt')).toBeFocused()
    },
  },
]
