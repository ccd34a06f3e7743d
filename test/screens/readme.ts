import { expect, type Screen } from './stage.ts'

/** The README's picture: somebody at work on an instance. */
export const readmeScreen: Screen = {
  name: 'README',
  async go({ openShell, run, details }) {
    await openShell('web-1')
    await run('web-1', 'ls', 'logs')
    await run('web-1', 'cat app/config.json', 'storefront')
    await run('web-1', 'grep 503 logs/app.log', '503')
    await run('web-1', 'tail -n 8 logs/app.log', '1199')
    await expect(details).toContainText('practice.pem')
  },
}
