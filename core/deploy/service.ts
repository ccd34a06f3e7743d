import type { DeployedApp } from '../../contract/models/deploy.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { plainOutput } from '../jobs/plain-output.ts'
import { UserError } from '../user-error.ts'
import { appFolder } from './app-file.ts'
import type { HostFacts } from './host-facts.ts'
import { listApps } from './list.ts'
import { DEPLOY_KEY, LOGS, SERVE } from './scripts.ts'
import { unitFile } from './service-files.ts'

/** The link, the unit and the start: of a new release, or of an older one again. */
export async function serveRelease(
  host: Host,
  facts: HostFacts,
  name: string,
  release: string,
  subFolder: string | undefined,
): Promise<void> {
  const args = [facts.services, name, appFolder(facts.home, name), release]
  expectWell(host.name, await host.run(SERVE, args, { input: unitFile(facts, name, subFolder) }))
}

export async function makeDeployKey(host: Host, folder: string, name: string): Promise<string> {
  const { output } = expectWell(host.name, await host.run(DEPLOY_KEY, [folder, `mooring-${name}`]))
  const line = output.split('\n').find((each) => /^ssh-ed25519 [A-Za-z0-9+/=]{20,200} /.test(each))
  if (!line) throw new UserError('HOST_ANSWER_BROKEN', { host: host.name })
  return plainOutput(line).slice(0, 400)
}

export async function readLog(host: Host, facts: HostFacts, name: string, lines: number): Promise<string> {
  const { output } = expectWell(host.name, await host.run(LOGS, [facts.services, name, String(lines)]))
  return plainOutput(output)
}

export async function restartsOf(host: Host, facts: HostFacts, name: string): Promise<Pick<DeployedApp, 'service' | 'restarts'>> {
  const { apps } = await listApps(host, facts)
  return apps.find((app) => app.name === name) ?? { service: 'absent', restarts: 0 }
}
