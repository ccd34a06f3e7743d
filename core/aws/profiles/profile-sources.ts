import { z } from 'zod'
import type { UserErrorData } from '../../../contract/errors.ts'
import type { Profile } from '../../../contract/models/profile.ts'
import type { CoreHost, PracticeCloud } from '../../host.ts'
import type { Vault } from '../../secrets/vault.ts'
import { type AwsConfig, configPaths, readConfig, type Section } from '../config/config-files.ts'
import { endpointFor, type Service } from '../config/endpoints.ts'
import { type CredentialPlan, planCredentials, planFromEnvironment, profileKind } from '../credentials/plan.ts'

export const PRACTICE_PROFILE = 'practice'
const ENVIRONMENT_PROFILE = 'environment'
export const VAULT_PREFIX = 'aws/'
/** For the calls that tell which regions there are, where nothing names a region. */
const FALLBACK_REGION = 'us-east-1'

/** A profile, wherever it comes from, with all that is needed to use it. Holds secrets: it stays in the core. */
export interface ProfileSource {
  readonly name: string
  readonly kind: Profile['kind']
  readonly plan: CredentialPlan
  readonly section: Section
  readonly config: AwsConfig
  /** As the profile names it. */
  readonly region: string | undefined
  readonly firstRegion: string
  endpoint(service: Service): string | undefined
}

/** Keys typed in here, as the vault keeps them. */
const typedKeys = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
  region: z.string().optional(),
})
export type TypedKeys = z.infer<typeof typedKeys>

export interface Sources {
  readonly sources: ReadonlyMap<string, ProfileSource>
  readonly problems: readonly UserErrorData[]
}

/** Of two with one name the later wins: variables, then files, then the vault, then the practice cloud. */
export async function loadSources(host: CoreHost, vault: Vault, practice: PracticeCloud | undefined): Promise<Sources> {
  const { environment } = host
  const { config, problems } = await readConfig(configPaths(host), host.homeFolder)
  const sources = new Map<string, ProfileSource>()
  const add = (source: ProfileSource) => sources.set(source.name, source)

  const plan = planFromEnvironment(environment)
  if (plan) add({ ...createSource(ENVIRONMENT_PROFILE, {}, config, environment, plan), kind: 'environment' })
  for (const [name, section] of config.profiles) add(createSource(name, section, config, environment))
  for (const name of await vault.names(VAULT_PREFIX)) {
    const keys = await readTypedKeys(vault, name)
    if (keys) add(vaultSource(name.slice(VAULT_PREFIX.length), keys, host))
  }
  if (practice) add(await practiceSource(practice, host))
  return { sources, problems }
}

/** Undefined for a vault that was locked meanwhile: its profiles come back when it is opened. */
async function readTypedKeys(vault: Vault, name: string): Promise<TypedKeys | undefined> {
  try {
    return typedKeys.parse(JSON.parse((await vault.get(name)) ?? ''))
  } catch {
    return undefined
  }
}

export function vaultSource(name: string, { region, ...keys }: TypedKeys, host: CoreHost): ProfileSource {
  const config = { paths: configPaths(host), profiles: new Map(), ssoSessions: new Map(), services: new Map() }
  return { ...createSource(name, { region }, config, host.environment, { kind: 'keys', ...keys }), kind: 'vault' }
}

/** From its own files only: neither the person's files nor their variables may send it anywhere else. */
async function practiceSource(practice: PracticeCloud, host: CoreHost): Promise<ProfileSource> {
  const paths = { config: practice.awsConfigFile, credentials: practice.awsCredentialsFile }
  const { config } = await readConfig(paths, host.homeFolder)
  return { ...createSource(PRACTICE_PROFILE, config.profiles.get(PRACTICE_PROFILE) ?? {}, config, {}), kind: 'practice' }
}

function createSource(
  name: string,
  section: Section,
  config: AwsConfig,
  environment: CoreHost['environment'],
  plan = planCredentials(name, config, environment),
): ProfileSource {
  const region = section.region || undefined
  return {
    name,
    kind: profileKind(plan),
    plan,
    section,
    config,
    region,
    firstRegion: region ?? environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? FALLBACK_REGION,
    endpoint: (service) => endpointFor(service, section, config.services, environment),
  }
}
