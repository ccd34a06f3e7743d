import type { AppAction } from '../../contract/models/deploy.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { quote } from '../jobs/quote.ts'
import { UserError } from '../user-error.ts'
import { type AppFile, appFolder, unitName } from './app-file.ts'
import type { HostFacts } from './host-facts.ts'
import { type ListedApps, listApps } from './list.ts'
import { ACT, REMOVE, UNDO, WRITE } from './scripts.ts'
import { serveRelease } from './service.ts'

/** Returns what was done as a command. Each can be done again. */
export async function act(host: Host, facts: HostFacts, app: string, action: AppAction): Promise<string> {
  const folder = appFolder(facts.home, app)
  const systemctl = ['systemctl', ...(facts.services === 'user' ? ['--user'] : [])]
  const save = async (file: AppFile) =>
    expectWell(host.name, await host.run(WRITE, [`${folder}/app.json`, '644'], { input: `${JSON.stringify(file)}\n` }))
  switch (action.kind) {
    case 'start':
    case 'stop':
    case 'restart': {
      await findApp(host, facts, app)
      expectWell(host.name, await host.run(ACT, [facts.services, app, action.kind]))
      return quote([...systemctl, action.kind, unitName(app)])
    }
    case 'roll-back': {
      const { file, listed } = await findApp(host, facts, app)
      if (!listed.apps.find(({ name }) => name === app)?.releases.some(({ id }) => id === action.release)) {
        throw new UserError('NOT_FOUND', { what: 'release' })
      }
      await serveRelease(host, facts, app, action.release, file.source.kind === 'git' ? file.source.folder : undefined)
      await save({ ...file, unfinished: undefined })
      return quote(['ln', '-sfn', `releases/${action.release}`, `${folder}/current`])
    }
    case 'undo': {
      const { file, listed } = await findApp(host, facts, app)
      const release = file.unfinished?.release
      const shown = listed.apps.find(({ name }) => name === app)
      if (release && shown?.current !== release) expectWell(host.name, await host.run(UNDO, [folder, app, release]))
      await save({ ...file, unfinished: undefined })
      return quote(['rm', '-rf', `${folder}/releases/${release ?? ''}`])
    }
    case 'remove': {
      expectWell(host.name, await host.run(REMOVE, [facts.services, app, folder]))
      return quote(['rm', '-rf', folder])
    }
  }
}

/** Throws UserError NOT_FOUND. */
export async function findApp(host: Host, facts: HostFacts, app: string): Promise<{ file: AppFile; listed: ListedApps }> {
  const listed = await listApps(host, facts)
  const file = listed.files.get(app)
  if (!file) throw new UserError('NOT_FOUND', { what: 'app' })
  return { file, listed }
}
