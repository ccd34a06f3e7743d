import type { ProjectPlan } from '../../contract/models/deploy.ts'
import { appFolder } from './app-file.ts'
import type { HostFacts } from './host-facts.ts'

/** Beside what is the project's own, in the release. */
export const START_FILE = '.mooring-start'

/**
 * systemd.service(5). `folder`: below the release. Nothing of the project's gets into it but that folder; its commands stand in
 * START_FILE, its settings in `env`.
 */
export function unitFile(facts: HostFacts, name: string, folder: string | undefined): string {
  const app = appFolder(facts.home, name)
  const system = facts.services === 'system'
  // Quoted for a blank in the folder; `%` cannot be in it.
  const work = `${app}/current${folder ? `/${folder}` : ''}`
  return [
    '[Unit]',
    `Description=${name}, deployed by Mooring`,
    'After=network-online.target',
    'Wants=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    ...(system ? [`User=${facts.user}`] : []),
    `WorkingDirectory=${work}`,
    `EnvironmentFile=-${app}/env`,
    `ExecStart=/bin/sh ${app}/current/${START_FILE}`,
    'Restart=always',
    'RestartSec=2',
    '',
    '[Install]',
    `WantedBy=${system ? 'multi-user.target' : 'default.target'}`,
    '',
  ].join('\n')
}

/** The person's or the recognised command, in a file of its own. Many frameworks read PORT and HOST. */
export function startFile({ start, port }: ProjectPlan): string {
  return `export PORT=${port} HOST=0.0.0.0 PYTHONUNBUFFERED=1\n${start}\n`
}

/** For systemd's EnvironmentFile and for a shell's `.`, which agree on double quotes (systemd.exec(5), POSIX 2.2.3). */
export function environmentFile(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${value.replace(/["\\$`]/g, '\\$&')}"\n`)
    .join('')
}

/** What `environmentFile` wrote; lines of somebody else's are left out. */
export function parseEnvironment(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [, name, value] of text.matchAll(/^([A-Za-z_]\w*)="((?:[^"\\]|\\[\s\S])*)"$/gm)) {
    if (name !== undefined && value !== undefined) values[name] = value.replace(/\\([\s\S])/g, '$1')
  }
  return values
}
