import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, type Screen, type Stage } from './stage.ts'

/** An instance that cannot be connected to, and the words by which the page says so. */
function failing(name: string, instance: string): Screen {
  return {
    name,
    async go({ open, terminal }) {
      await open(instance)
      await expect(terminal(instance).getByRole('alert')).toBeVisible({ timeout: 45_000 })
    },
  }
}

async function keepSnippet({ page, openShell, button, dialog, say }: Stage) {
  await openShell('web-1')
  await page.keyboard.press('Control+Shift+S')
  await button('snippets:new').click()
  await dialog.getByLabel(say('snippets:name')).fill('Restart')
  await dialog.getByLabel(say('snippets:folder')).fill('web')
  await dialog.getByLabel(say('snippets:text'), { exact: true }).fill('sudo systemctl restart {{service=nginx}}')
  await button('snippets:save').click()
}

export const terminals: readonly Screen[] = [
  {
    name: 'Terminal',
    async go({ openShell, run, details }) {
      await openShell('web-1')
      await run('web-1', 'ls -la', '.bashrc')
      await expect(details).toContainText('practice.pem')
    },
  },
  {
    name: 'Terminal, processes of the host',
    async go({ openShell, button, dialog }) {
      await openShell('web-1')
      await button('monitor:processes.open').click()
      await expect(dialog.getByRole('row').nth(1)).toBeVisible()
    },
  },
  {
    name: 'Terminals, typing into all',
    async go({ openShell, run, page, button, say }) {
      for (const name of ['web-1', 'web-2', 'build-agent']) await openShell(name)
      await page.getByRole('main').getByRole('tab', { name: /web-1/ }).click({ button: 'right' })
      await page.getByRole('menuitem', { name: say('workspace:multiExec.start') }).click()
      await button('workspace:multiExec.sideBySide').click()
      await run('web-1', 'uptime', 'load average')
    },
  },
  {
    name: 'Terminal on this computer',
    async go({ page, button, terminal }) {
      await button('workspace:local.menu').click()
      await page.getByRole('menuitem', { name: 'bash', exact: true }).click()
      await expect(terminal('bash')).toContainText(/[$#] /)
      await button('workspace:local.menu').click()
      await expect(page.getByRole('menuitem').first()).toBeVisible()
    },
  },
  {
    name: 'Terminal, connecting',
    async go({ page, open, say }) {
      await open('shop-eu')
      await expect(
        page
          .getByRole('list', { name: say('workspace:connecting.steps') })
          .getByRole('listitem')
          .nth(1),
      ).toBeVisible()
    },
  },
  {
    name: 'Terminal, is this the right host',
    async go({ open, dialog }) {
      await open('sensor-hub')
      await expect(dialog).toContainText('SHA256:')
    },
  },
  {
    name: 'Terminal, passphrase',
    before: ({ home }) => {
      execFileSync('ssh-keygen', ['-q', '-p', '-N', 'a passphrase', '-f', join(home, '.ssh', 'practice.pem')], { stdio: 'pipe' })
    },
    async go({ open, dialog, say }) {
      await open('web-1')
      await expect(dialog.getByLabel(say('prompts.passphrase.label'), { exact: true })).toBeVisible()
    },
  },
  failing('Terminal, host key changed', 'staging'),
  {
    name: 'Terminal, what was tried',
    async go({ page, open, button, say }) {
      await open('staging')
      await button('workspace:failed.tried').click()
      await expect(page.getByRole('list', { name: say('workspace:failed.tried') })).toBeVisible()
    },
  },
  {
    name: 'Terminal, forgetting a host key',
    async go({ open, button, dialog }) {
      await open('staging')
      await button('workspace:forgetHostKey.open').click()
      await expect(dialog).toContainText('SHA256:')
    },
  },
  failing('Terminal, key not found', 'partner-gateway'),
  failing('Terminal, stopped', 'batch'),
  failing('Terminal, no public address', 'cache'),
  {
    name: 'Terminal, through a bastion',
    async go({ open, page, say }) {
      await open('cache')
      await page.getByRole('button', { name: say('ssh:route.goThrough', { name: 'web-1' }) }).click()
      await expect(page.getByRole('list', { name: say('ssh:route.title') })).toBeVisible()
      await expect(page.getByRole('toolbar', { name: /cache/ })).toContainText('web-1')
    },
  },
  failing('Terminal, Windows', 'win-report'),
  {
    name: 'Terminal, choosing user and key',
    async go({ open, button, dialog }) {
      await open('partner-gateway')
      await button('workspace:choices.open').click()
      await expect(dialog).toBeVisible()
    },
  },
  {
    name: 'Terminal, exited',
    async go({ openShell, run, say }) {
      await openShell('web-1')
      await run('web-1', 'exit', say('workspace:end.enter'))
    },
  },
  {
    name: 'Terminal, connection lost',
    async go({ openShell, instance, item, dialog, say, button }) {
      await openShell('web-2')
      await instance('web-2').click({ button: 'right' })
      await item('actions.reboot').click()
      await dialog.getByRole('button', { name: say('actions.reboot') }).click()
      await expect(button('workspace:reconnect')).toBeVisible()
    },
  },
  {
    name: 'Terminal, find',
    async go({ page, openShell, run }) {
      await openShell('web-1')
      await run('web-1', 'seq 100 140', '140')
      await page.keyboard.press('Control+Shift+F')
      await page.getByRole('search').getByRole('textbox').fill('12')
      await expect(page.getByRole('search')).toContainText(/\d+ \w+ \d+/)
    },
  },
  {
    name: 'Terminal, several lines pasted',
    async go({ page, openShell, terminal, dialog }) {
      await openShell('web-1')
      await page.evaluate(() => navigator.clipboard.writeText('sudo systemctl stop storefront\nrm -r /srv/storefront/cache\n'))
      await terminal('web-1').locator('textarea').focus()
      await page.keyboard.press('Control+Shift+V')
      await expect(dialog).toContainText('storefront')
    },
  },
  {
    name: 'Terminal, find, not an expression',
    async go({ page, openShell, run, say }) {
      await openShell('web-1')
      await run('web-1', 'seq 100 140', '140')
      await page.keyboard.press('Control+Shift+F')
      await page.getByRole('button', { name: say('workspace:search.regex') }).click()
      await page.getByRole('search').getByRole('textbox').fill('1(2')
      await expect(page.getByRole('search')).toContainText(say('workspace:search.broken'))
    },
  },
  {
    name: 'Terminal, a host wants to copy',
    async go({ page, openShell, run }) {
      await openShell('web-1')
      await run('web-1', String.raw`printf '\033]52;c;c3VkbyBzeXN0ZW1jdGwgcmVzdGFydCBuZ2lueA==\007'; echo sent-$((40+2))`, 'sent-42')
      await expect(page.getByRole('alert').filter({ hasText: 'nginx' })).toBeVisible()
    },
  },
  {
    name: 'Terminal, where a link leads',
    async go({ page, openShell, run, terminal }) {
      await openShell('web-1')
      const link = String.raw`\033c\033]8;;https://bank.example@203.0.113.7/login\033\\https://bank.example/\033]8;;\033\\\n`
      await run('web-1', `printf '${link}'; echo shown-$((40+2))`, 'shown-42')
      await terminal('web-1')
        .locator('.xterm-screen')
        .hover({ position: { x: 300, y: 300 } })
      await terminal('web-1')
        .locator('.xterm-screen')
        .hover({ position: { x: 60, y: 8 } })
      await expect(page.getByRole('status').filter({ hasText: '203.0.113.7' })).toBeVisible()
    },
  },
  {
    name: 'Terminal, marked commands and coloured words',
    async go({ openShell, run }) {
      await openShell('web-1')
      const hook = String.raw`PS1='\[\e]133;D;$?\a\e]133;A\a\]web-1$ \[\e]133;B\a\]'; PS0='\e]133;C\a'; clear`
      await run('web-1', hook, 'web-1$')
      await run('web-1', 'grep -c nothing /etc/hostname', 'status 1')
      await run('web-1', 'sleep 2.2; echo "ERROR: connection to 10.0.0.7:5432 refused, retrying"', 'retrying')
    },
  },
  {
    name: 'Terminal, recording',
    async go({ page, openShell, run, item }) {
      await openShell('web-1')
      await page.getByRole('main').getByRole('tab', { name: /web-1/ }).click({ button: 'right' })
      await item('snippets:recording.start').click()
      await run('web-1', 'uptime', 'load average')
    },
  },
  {
    name: 'Snippets',
    async go(stage) {
      await keepSnippet(stage)
      await expect(stage.dialog.getByRole('listitem')).toBeVisible()
    },
  },
  {
    name: 'Snippets, a new one',
    async go({ page, openShell, button, dialog }) {
      await openShell('web-1')
      await page.keyboard.press('Control+Shift+S')
      await button('snippets:new').click()
      await expect(dialog.getByRole('textbox').nth(2)).toBeVisible()
    },
  },
  {
    name: 'Snippets, asked for a value',
    async go(stage) {
      await keepSnippet(stage)
      await stage.button('snippets:insertOne', { name: 'Restart' }).click()
      await expect(stage.dialog.getByRole('textbox')).toBeVisible()
    },
  },
  {
    name: 'Command history',
    async go({ page, openShell, run, dialog }) {
      await openShell('web-1')
      await run('web-1', 'uptime', 'load average')
      await run('web-1', 'df -h /', 'Mounted on')
      await page.keyboard.press('Control+Shift+H')
      await expect(dialog.getByRole('listitem').first()).toBeVisible()
    },
  },
  {
    name: 'Terminal, tab menu',
    async go({ page, openShell, item }) {
      await openShell('web-1')
      await page.getByRole('tab', { name: /web-1/ }).click({ button: 'right' })
      await expect(item('workspace:closeOthers')).toBeVisible()
    },
  },
  {
    name: 'Terminals, split',
    async go({ page, openShell, run, button, terminal }) {
      await openShell('web-1')
      await run('web-1', 'uname -a', 'GNU/Linux')
      await button('workspace:splitRight').click()
      await expect(terminal('web-1 (2)')).toContainText('@web-1:~$')
      await openShell('db-primary')
      await expect(page.getByRole('main').getByRole('tab')).toHaveCount(4)
    },
  },
]
