import type { UserErrorData } from '../../../contract/errors.ts'
import type { Profile, ProfilesState } from '../../../contract/models/profile.ts'
import type { Settings } from '../../../contract/models/settings.ts'
import type { CoreHost, PracticeCloud } from '../../host.ts'
import type { Prompts } from '../../prompts/prompts.ts'
import type { Vault } from '../../secrets/vault.ts'
import { createState, type ReadonlyState, type State } from '../../state.ts'
import { UserError } from '../../user-error.ts'
import { type Credentials, createCredentials } from '../credentials/credentials.ts'
import { findIncomplete } from '../credentials/plan.ts'
import { loadSources, PRACTICE_PROFILE, type ProfileSource, type TypedKeys, VAULT_PREFIX, vaultSource } from './profile-sources.ts'
import { defaultSelection } from './selection.ts'

export interface Identity {
  readonly accountId: string
  readonly arn: string
}
/** A profile in use: its credentials live as long as nothing about it changes. */
export interface OpenProfile extends ProfileSource {
  readonly credentials: Credentials
}

export interface Profiles {
  readonly state: ReadonlyState<ProfilesState>
  select(names: readonly string[]): void
  /** Throws UserError INVALID_INPUT, VAULT_LOCKED, or why AWS does not accept the keys. */
  addKeys(input: TypedKeys & { name: string }): Promise<void>
  remove(name: string): Promise<void>
  login(name: string, signal?: AbortSignal): Promise<void>
  reload(): Promise<void>
  setPracticeCloud(cloud: PracticeCloud | undefined): Promise<void>
  /** Throws UserError AWS_PROFILE_UNKNOWN. */
  open(name: string): OpenProfile
  identified(name: string, identity: Identity): void
  /** Says anew which logins are good. */
  lookAtLogins(): Promise<void>
  close(): void
}

export interface ProfilesOptions {
  readonly host: CoreHost
  readonly settings: State<Settings>
  readonly prompts: Prompts
  readonly vault: Vault
  /** Asks STS who the keys belong to, before they are kept. */
  identify(profile: OpenProfile): Promise<Identity>
}

export async function createProfiles(options: ProfilesOptions): Promise<Profiles> {
  const { host, settings, prompts, vault } = options
  const state = createState<ProfilesState>({ profiles: [], problems: [], loaded: false })
  const identities = new Map<string, Identity>()
  let opened = new Map<string, OpenProfile>()
  let problems: readonly UserErrorData[] = []
  let practice: PracticeCloud | undefined
  let practiceSelected = false

  function openProfile(source: ProfileSource): OpenProfile {
    const { name, firstRegion: region, config, endpoint, plan } = source
    const context = { profile: name, region, paths: config.paths, homeFolder: host.homeFolder, prompts, endpoint }
    return { ...source, credentials: createCredentials(plan, context) }
  }
  function selectedNames(): readonly string[] {
    const chosen = settings.value.profiles ?? defaultSelection([...opened.values()], host.environment)
    return practiceSelected ? [...chosen, PRACTICE_PROFILE] : chosen
  }
  async function describe(profile: OpenProfile, selected: readonly string[]): Promise<Profile> {
    const { name, kind, region, plan } = profile
    const endpointUrl = profile.endpoint('ec2')
    const incomplete = findIncomplete(plan)
    return {
      name,
      kind,
      ...(region ? { region } : {}),
      ...identities.get(name),
      ...(plan.kind === 'assume-role' || plan.kind === 'web-identity' ? { roleArn: plan.roleArn } : {}),
      ...(endpointUrl ? { endpointUrl } : {}),
      selected: selected.includes(name),
      login: incomplete ? { kind: 'not-needed' } : await profile.credentials.loginState(),
      ...(incomplete ? { problem: incompleteProblem(name, incomplete) } : {}),
    }
  }
  /** One after the other, so that what was found out first is not said last. */
  let turn = Promise.resolve()
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }
  const publish = () => inTurn(describeAll)
  async function describeAll() {
    const selected = selectedNames()
    const profiles = await Promise.all([...opened.values()].map((profile) => describe(profile, selected)))
    state.set({ profiles, problems: [...problems], loaded: true })
  }
  /** What did not change keeps its credentials, so that nobody types an MFA code again because a file was read again. */
  const reload = () => inTurn(readAll)
  async function readAll() {
    const loaded = await loadSources(host, vault, practice)
    const before = opened
    opened = new Map()
    for (const source of loaded.sources.values()) {
      const old = before.get(source.name)
      if (old && JSON.stringify(essence(old)) === JSON.stringify(essence(source))) opened.set(source.name, old)
      else {
        identities.delete(source.name)
        opened.set(source.name, openProfile(source))
      }
    }
    problems = loaded.problems
    await describeAll()
  }
  function select(names: readonly string[]): Promise<void> {
    practiceSelected = names.includes(PRACTICE_PROFILE) && practice !== undefined
    settings.update((value) => ({ ...value, profiles: names.filter((name) => name !== PRACTICE_PROFILE || !practice) }))
    return publish()
  }

  const stopWatching = [
    vault.state.subscribe(() => void reload()),
    settings.subscribe((value) => {
      const selected = selectedNames()
      const isShown = state.value.profiles.every((profile) => profile.selected === selected.includes(profile.name))
      if (value.profiles && !isShown) void publish()
    }),
  ]
  await reload()

  return {
    state,
    select: (names) => void select(names),
    async addKeys({ name, ...keys }) {
      if (opened.has(name)) throw new UserError('INVALID_INPUT', { field: 'name', problem: 'taken' })
      if (vault.state.value.kind === 'locked') throw new UserError('VAULT_LOCKED', {})
      const profile = openProfile(vaultSource(name, keys, host))
      const identity = await options.identify(profile)
      const selected = selectedNames()
      await vault.put(VAULT_PREFIX + name, JSON.stringify(keys))
      await reload()
      identities.set(name, identity)
      await select([...selected, name])
    },
    async remove(name) {
      if (opened.get(name)?.kind !== 'vault') throw new UserError('AWS_PROFILE_UNKNOWN', { profile: name })
      await vault.forget(VAULT_PREFIX + name)
      await reload()
    },
    async login(name, signal) {
      // Where nothing can be asked, a new login is a changed file.
      await reload()
      await open(name).credentials.login(signal)
      await publish()
    },
    reload,
    async setPracticeCloud(cloud) {
      practice = cloud
      practiceSelected = cloud !== undefined
      await reload()
    },
    open,
    identified(name, identity) {
      const known = identities.get(name)
      if (known?.arn === identity.arn && known.accountId === identity.accountId) return
      identities.set(name, identity)
      void publish()
    },
    lookAtLogins: publish,
    close: () => {
      for (const stop of stopWatching) stop()
    },
  }

  function open(name: string): OpenProfile {
    const profile = opened.get(name)
    if (!profile) throw new UserError('AWS_PROFILE_UNKNOWN', { profile: name })
    return profile
  }
}

function incompleteProblem(profile: string, { problem, name }: NonNullable<ReturnType<typeof findIncomplete>>): UserErrorData {
  if (problem === 'profile-missing') return { code: 'AWS_PROFILE_UNKNOWN', details: { profile: name } }
  return { code: 'AWS_NO_CREDENTIALS', details: { profile, problem } }
}

/** Everything about a profile that its clients and credentials are made from. */
function essence({ plan, section, firstRegion, endpoint }: ProfileSource) {
  return {
    plan,
    section,
    firstRegion,
    endpoints: [endpoint('ec2'), endpoint('ec2_instance_connect'), endpoint('sts'), endpoint('sso'), endpoint('sso_oidc'), endpoint('ssm')],
  }
}
