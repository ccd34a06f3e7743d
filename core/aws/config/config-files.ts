import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader'
import type { UserErrorData } from '../../../contract/errors.ts'
import type { CoreHost } from '../../host.ts'
import { findBrokenLine } from './broken-line.ts'

/** Absolute paths. */
export interface ConfigPaths {
  readonly config: string
  readonly credentials: string
}
/** Keys as they stand in the file; one of a nested block as `block.key`. */
export type Section = Readonly<Record<string, string | undefined>>

/** What the two files say, as the AWS CLI and SDK read them: of a profile in both, the credentials file's keys win. */
export interface AwsConfig {
  readonly paths: ConfigPaths
  readonly profiles: ReadonlyMap<string, Section>
  readonly ssoSessions: ReadonlyMap<string, Section>
  /** `[services name]`: endpoints by service. */
  readonly services: ReadonlyMap<string, Section>
}

export function configPaths({ environment, homeFolder }: Pick<CoreHost, 'environment' | 'homeFolder'>): ConfigPaths {
  const path = (given: string | undefined, name: string) =>
    given ? given.replace(/^~(?=$|[/\\])/, homeFolder) : join(homeFolder, '.aws', name)
  return {
    config: path(environment.AWS_CONFIG_FILE, 'config'),
    credentials: path(environment.AWS_SHARED_CREDENTIALS_FILE, 'credentials'),
  }
}

/** A file that is not there is empty. One that is broken is named in `problems` and hides nothing of the other. */
export async function readConfig(paths: ConfigPaths, homeFolder: string): Promise<{ config: AwsConfig; problems: UserErrorData[] }> {
  const [files, ...problems] = await Promise.all([
    loadSharedConfigFiles({ configFilepath: paths.config, filepath: paths.credentials, ignoreCache: true }),
    findProblem(paths.config, homeFolder),
    findProblem(paths.credentials, homeFolder),
  ])
  const profiles = new Map<string, Section>()
  const ssoSessions = new Map<string, Section>()
  const services = new Map<string, Section>()
  for (const [name, section] of Object.entries(files.configFile)) {
    const [, kind, rest] = /^(sso-session|services)\.(.+)$/.exec(name) ?? []
    if (!kind || !rest) profiles.set(name, section)
    else (kind === 'services' ? services : ssoSessions).set(rest, section)
  }
  for (const [name, section] of Object.entries(files.credentialsFile)) profiles.set(name, { ...profiles.get(name), ...section })
  return {
    config: { paths, profiles, ssoSessions, services },
    problems: problems.filter((problem) => problem !== undefined),
  }
}

async function findProblem(file: string, homeFolder: string): Promise<UserErrorData | undefined> {
  const shown = file.startsWith(homeFolder) ? `~${file.slice(homeFolder.length)}` : file
  try {
    const broken = findBrokenLine(new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)))
    return broken && { code: 'AWS_CONFIG_BROKEN', details: { file: shown, ...broken } }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    return {
      code: 'AWS_CONFIG_BROKEN',
      details: { file: shown, problem: code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not-text' : (code ?? 'unreadable') },
    }
  }
}
