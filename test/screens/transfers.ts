import { expect, type Screen, type Stage } from './stage.ts'

async function drop({ page, terminal, dialog, say }: Stage, files: readonly { name: string; size: number }[], go = true) {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer()
    for (const { name, size } of given) data.items.add(new File([new Uint8Array(size)], name))
    return data
  }, files)
  await terminal('web-1').dispatchEvent('drop', { dataTransfer: transfer })
  if (go) await dialog.getByRole('button', { name: say('transfers:upload.go'), exact: true }).click()
}

async function fetch(stage: Stage, path: string) {
  await stage.page.keyboard.press('Control+Shift+K')
  await stage.dialog.getByRole('textbox').fill(stage.say('transfers:download.command'))
  await stage.page.keyboard.press('Enter')
  await stage.dialog.getByLabel(stage.say('transfers:download.path')).fill(path)
}

export const transfers: readonly Screen[] = [
  {
    name: 'Transfers, none',
    async go({ page, openShell, say }) {
      await openShell('web-1')
      await page
        .getByRole('contentinfo')
        .getByRole('button', { name: say('transfers:statusIdle') })
        .click()
      await expect(page.getByRole('region', { name: say('transfers:title') })).toBeVisible()
    },
  },
  {
    name: 'Transfers, several',
    async go(stage) {
      const { page, openShell, say } = stage
      await openShell('web-1')
      await drop(stage, [
        { name: 'site.tar.gz', size: 2_400_000 },
        { name: 'notes.txt', size: 812 },
      ])
      const list = page.getByRole('list', { name: say('transfers:title') })
      await expect(list.getByRole('progressbar').first()).toHaveAttribute('aria-valuenow', '100')
      await fetch(stage, 'no-such-file.log')
      await page.keyboard.press('Enter')
      await expect(list.getByRole('listitem').first()).toContainText('no-such-file.log')
      await drop(stage, [{ name: 'database-dump.sql', size: 400_000_000 }])
      await expect(list.getByRole('listitem').first()).toContainText(/\d+ MB/)
    },
  },
  {
    name: 'Transfers, uploading what was dropped',
    async go(stage) {
      await stage.openShell('web-1')
      await drop(stage, [{ name: 'site.tar.gz', size: 2_400_000 }], false)
      await expect(stage.dialog).toContainText('site.tar.gz')
    },
  },
  {
    name: 'Transfers, downloading by path',
    async go(stage) {
      await stage.openShell('web-1')
      await fetch(stage, '/var/log/cloud-init.log')
      await expect(stage.dialog.filter({ hasText: stage.say('transfers:download.path') })).toBeVisible()
    },
  },
  {
    name: 'Transfers, a file of that name is there',
    async go(stage) {
      await stage.openShell('web-1')
      await stage.run('web-1', 'echo an older one > site.tar.gz; ls site*', 'site.tar.gz')
      await drop(stage, [
        { name: 'site.tar.gz', size: 2_400_000 },
        { name: 'notes.txt', size: 812 },
      ])
      await expect(stage.dialog).toContainText(stage.say('prompts.transfer-conflict.rename'))
    },
  },
  {
    name: 'Narrow, transfers',
    window: { width: 700, height: 800 },
    async go(stage) {
      const { page, say } = stage
      await stage.button('rooms.instances').click()
      await stage.openShell('web-1')
      await drop(stage, [{ name: 'a-rather-long-name-of-a-database-dump-2026-11-25.sql', size: 2_400_000 }])
      await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100')
      await expect(page.getByRole('region', { name: say('transfers:title') })).toBeVisible()
    },
  },
]
