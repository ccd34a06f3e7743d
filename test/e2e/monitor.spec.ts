import { answers, expect, instance, test } from '../support/page.ts'

test('below a terminal stands how its host is doing; a process is ended there, and the strip is put away for good', async ({
  page,
  openApp,
}) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  const strip = page.getByRole('region', { name: 'How web-1 is doing' })
  for (const figure of ['CPU', 'Memory', 'Disk', 'Network', 'Load']) await expect(strip.getByText(figure, { exact: true })).toBeVisible()
  await expect(strip).toContainText(/\d+ %|\d+%/)

  const name = `nap${process.pid}`
  await answers(page, 'web-1', `cp "$(command -v sleep)" ./${name} && (./${name} 1000 & echo started)`, 'started')
  await strip.getByRole('button', { name: 'Processes' }).click()
  const dialog = page.getByRole('dialog', { name: 'Processes of web-1' })
  await dialog.getByRole('searchbox', { name: 'Filter processes' }).fill(name)
  await dialog.getByRole('button', { name: `End ${name}` }).click()
  await page
    .getByRole('dialog', { name: `End ${name}` })
    .getByRole('button', { name: 'End', exact: true })
    .click()
  await expect(page.getByText(`${name} was told to end.`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Look again' }).click()
  await expect(dialog.getByText('No process matches.')).toBeVisible()
  await page.keyboard.press('Escape')

  await strip.getByRole('button', { name: 'Hide' }).click()
  await expect(strip).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('region', { name: 'Terminal web-1' })).toBeVisible()
  await expect(strip).toHaveCount(0)
})
