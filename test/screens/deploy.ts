import { freePort } from '../support/sshd.ts'
import { expect, type Screen, type Stage } from './stage.ts'

async function openDeploy({ instance, details, say, button }: Stage, name: string) {
  await instance(name).click()
  await details.getByRole('tab', { name: say('deploy:title') }).click()
  await button('deploy:look').click()
  await expect(button('deploy:new')).toBeVisible()
}

async function fillProject(stage: Stage, project: string) {
  await stage.button('deploy:new').click()
  const field = stage.dialog.getByRole('textbox', { name: stage.say('deploy:form.address') })
  await field.fill(`https://git.practice.example/${project}.git`)
  await stage.button('deploy:form.addVariable').click()
}

async function fetchProject(stage: Stage, project: string) {
  await fillProject(stage, project)
  await stage.button('deploy:form.submit').click()
}

export const deploy: readonly Screen[] = [
  {
    name: 'Deploy, before it asks',
    async go({ instance, details, say }) {
      await instance('web-1').click()
      await details.getByRole('tab', { name: say('deploy:title') }).click()
    },
  },
  {
    name: 'Deploy, none',
    go: (stage) => openDeploy(stage, 'web-1'),
  },
  {
    name: 'Deploy, a project',
    async go(stage) {
      await openDeploy(stage, 'web-1')
      await fillProject(stage, 'hello-web')
    },
  },
  {
    name: 'Deploy, asking',
    async go(stage) {
      await openDeploy(stage, 'web-1')
      await fetchProject(stage, 'hello-web')
      await expect(stage.button('deploy:plan.agree')).toBeVisible()
    },
  },
  {
    name: 'Deploy, failed',
    async go(stage) {
      await openDeploy(stage, 'legacy-app')
      await fetchProject(stage, 'no-such-project')
      await expect(stage.details.getByRole('alert').filter({ has: stage.button('deploy:app.resume') })).toBeVisible()
    },
  },
  {
    name: 'Deploy, answers here alone',
    async go(stage) {
      await openDeploy(stage, 'web-2')
      const app = stage.details.getByRole('region', { name: 'hello-local', exact: true })
      // Its machine outlives a language's page.
      if (!(await app.isVisible())) {
        await fetchProject(stage, 'hello-local')
        await stage.details.getByLabel(stage.say('deploy:plan.port')).fill(String(await freePort()))
        await stage.button('deploy:plan.agree').click()
        await expect(stage.details.getByText('200')).toBeVisible()
      }
      await app.getByRole('button', { name: stage.say('deploy:reach.outside') }).click()
      await expect(app.getByRole('status')).toBeVisible()
    },
  },
]
