import AxeBuilder from '@axe-core/playwright'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

test('a session that is to be kept goes on in tmux, and is there again in another terminal', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').click()
  const connection = page.getByRole('region', { name: 'Connection' })
  await connection.getByRole('button', { name: 'Change' }).click()
  const form = connection.getByRole('form')
  await form.getByRole('switch', { name: 'Keep my session there' }).check()
  expect((await new AxeBuilder({ page }).include('[aria-label="Connection"]').analyze()).violations).toEqual([])
  await connection.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)

  await instance(page, 'web-1').dblclick()
  await expect(page.getByRole('toolbar', { name: 'About web-1' })).toContainText('kept in tmux as mooring-1')
  await answers(page, 'web-1', 'KEPT=41; echo set-$((KEPT+0))', 'set-41')
  await page.keyboard.press('Control+Shift+W')
  await expect(page.getByRole('tab', { name: /web-1/ })).toHaveCount(0)
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('set-41')
  await answers(page, 'web-1', 'echo back-$((KEPT+1))', 'back-42')
})
