import { expect, type Screen } from './stage.ts'

/** The README's picture: somebody at work on an instance. */
export const readmeScreen: Screen = {
  name: 'README',
  async go({ openShell, run, details }) {
    await openShell('web-1')
    await run('web-1', 'ls -la', '.bashrc')
    await expect(details).toContainText('practice.pem')
  },
}
