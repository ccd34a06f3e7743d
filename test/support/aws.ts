import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pino from 'pino'
import { defaultSettings, type Settings } from '../../contract/models/settings.ts'
import { type Aws, createAws } from '../../core/aws/aws.ts'
import type { CoreHost } from '../../core/host.ts'
import { createPrompts, type Prompts } from '../../core/prompts/prompts.ts'
import { openVault, type Vault } from '../../core/secrets/vault.ts'
import { createState, type ReadonlyState, type State } from '../../core/state.ts'

export interface AwsFixture {
  readonly aws: Aws
  readonly settings: State<Settings>
  readonly prompts: Prompts
  readonly vault: Vault
  readonly homeFolder: string
  readonly dataFolder: string
  /** Ends this one and starts another on the same folders, as a restart of the app does. */
  restart(): Promise<AwsFixture>
  close(): Promise<void>
}

export interface AwsFixtureOptions {
  /** Below `.aws`: `config`, `credentials`, … */
  readonly files?: Readonly<Record<string, string>>
  readonly environment?: Readonly<Record<string, string>>
  readonly settings?: Partial<Settings>
  /** False: there is none, and a master password seals the vault. */
  readonly keychain?: boolean
}

/** The core's AWS side with a home folder of its own, polling fast. */
export async function openAws({
  files = {},
  environment = {},
  settings: changed = {},
  keychain = true,
}: AwsFixtureOptions = {}): Promise<AwsFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-aws-'))
  const homeFolder = join(folder, 'home')
  for (const [name, text] of Object.entries(files)) {
    const file = join(homeFolder, '.aws', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  const host: CoreHost = {
    kind: 'browser',
    version: '0',
    dataFolder: join(folder, 'data'),
    homeFolder,
    environment,
    restarted: false,
    startPracticeCloud: () => Promise.reject(new Error('not asked for')),
  }
  const settings = createState<Settings>({ ...defaultSettings, ...changed })
  const prompts = createPrompts()
  const log = pino({ level: 'silent' })
  const open = async (): Promise<AwsFixture> => {
    const vault = await openVault({ folder: host.dataFolder, ...(keychain ? { key: Buffer.alloc(32, 7) } : {}) })
    const aws = await createAws({ host, settings, prompts, vault, log, polling: { quickMs: 50, slowMs: 60_000 } })
    return {
      aws,
      settings,
      prompts,
      vault,
      homeFolder,
      dataFolder: host.dataFolder,
      async restart() {
        await aws.close()
        return open()
      },
      async close() {
        await aws.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  }
  return open()
}

/** The first value that `accept` accepts, now or later. */
export function waitFor<Value>(state: ReadonlyState<Value>, accept: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    const look = (value: Value) => {
      if (!accept(value)) return
      stop()
      resolve(value)
    }
    const stop = state.subscribe(look)
    look(state.value)
  })
}
