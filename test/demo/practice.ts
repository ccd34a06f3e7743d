import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DescribeInstancesCommand, EC2Client, type EC2ClientConfig, type Instance } from '@aws-sdk/client-ec2'
import ssh2, { type Client } from 'ssh2'
import { afterAll, beforeAll, vi } from 'vitest'
import { type PracticeCloud, startPracticeCloud } from '../../demo/start.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** So short that a test need not wait, so long that a state can be seen. */
export const shortTimes = { pending: 150, stopping: 150, boot: 50, forcedCommand: 50 }

export interface Practice {
  readonly cloud: PracticeCloud
  /** A folder of the test's own. */
  readonly folder: string
  readonly endpoint: string
  client(options?: EC2ClientConfig): EC2Client
}

/** A practice cloud for the tests of one file. */
export function usePractice(): Practice {
  let cloud: PracticeCloud
  let folder: string
  let settings: { endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } }
  beforeAll(async () => {
    cloud = await startPracticeCloud()
    await cloud.setTimes(shortTimes)
    folder = await mkdtemp(join(tmpdir(), 'mooring-demo-test-'))
    settings = await readSettings(cloud)
  })
  afterAll(async () => {
    await cloud?.stop()
    if (folder) await rm(folder, { recursive: true, force: true })
  })
  return {
    get cloud() {
      return cloud
    },
    get folder() {
      return folder
    },
    get endpoint() {
      return settings.endpoint
    },
    client: (options) => new EC2Client({ region: 'us-east-1', maxAttempts: 1, ...settings, ...options }),
  }
}

async function readSettings(cloud: PracticeCloud) {
  const text = `${await readFile(cloud.awsConfigFile, 'utf8')}\n${await readFile(cloud.awsCredentialsFile, 'utf8')}`
  const value = (name: string) => new RegExp(`^${name} = (.+)$`, 'm').exec(text)?.[1] ?? ''
  return {
    endpoint: value('endpoint_url'),
    credentials: { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') },
  }
}

export async function instance(client: EC2Client, id: string): Promise<Instance> {
  const { Reservations } = await client.send(new DescribeInstancesCommand({ InstanceIds: [id] }))
  const found = Reservations?.[0]?.Instances?.[0]
  if (!found) throw new Error(`no ${id}`)
  return found
}

export interface Outcome {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a program to its end, with what it is given on its standard input. */
export function run(file: string, args: readonly string[], input: string | Buffer = '', env = process.env): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (piece: Buffer) => out.push(piece))
    child.stderr.on('data', (piece: Buffer) => err.push(piece))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

/** OpenSSH's client with the practice cloud's config and nothing of this computer's. */
export function sshArguments(practice: Practice, key: string): string[] {
  const options = {
    UserKnownHostsFile: join(practice.folder, 'known_hosts'),
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'accept-new',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    LogLevel: 'ERROR',
    BatchMode: 'yes',
  }
  return [
    ...['-F', practice.cloud.sshConfigFile, '-i', join(practice.cloud.keyFolder, `${key}.pem`)],
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ]
}

export function ssh(practice: Practice, key: string, ...args: readonly string[]): Promise<Outcome> {
  return run('ssh', [...sshArguments(practice, key), ...args])
}

/** An ssh2 client that is in web-1. */
export async function connect(practice: Pick<Practice, 'cloud'>): Promise<Client> {
  const [, port] = /Host 203\.0\.113\.10 .*\n.*\n\s*Port (\d+)/.exec(await readFile(practice.cloud.sshConfigFile, 'utf8')) ?? []
  const privateKey = await readFile(join(practice.cloud.keyFolder, 'practice.pem'))
  const client = new ssh2.Client()
  const ready = once(client, 'ready')
  client.connect({ host: '127.0.0.1', port: Number(port), username: 'ubuntu', privateKey })
  await ready
  return client
}

/** What a small program prints, judged by somebody else's code. */
export function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => execFile(file, args, (error, out) => (error ? reject(error) : resolve(out.trim()))))
}
