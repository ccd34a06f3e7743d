import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { createCommands } from './commands/commands.ts'
import { runPolicy } from './endpoint/dlm-run.ts'
import { createFaults, type Delay, type Failure } from './endpoint/faults.ts'
import { openEndpoint } from './endpoint/server.ts'
import type { Credentials } from './endpoint/signature.ts'
import { createBackupShelf } from './machines/backups.ts'
import { createFleet } from './machines/fleet.ts'
import { createLoginKeys } from './machines/key-pairs.ts'
import { createNetwork } from './machines/network.ts'
import { createPolicies } from './machines/policies.ts'
import { createPower, defaultTimes, type Times } from './machines/power.ts'
import type { OwnSurroundings } from './machines/surroundings.ts'
import { openServers } from './ssh/servers.ts'

/** Where the practice cloud is: files that a client reads as it reads a person's own. */
export interface CloudFiles {
  readonly awsConfigFile: string
  readonly awsCredentialsFile: string
  readonly keyFolder: string
  readonly sshConfigFile: string
  readonly serialConsoleFingerprint: string
}
/** What the outside does to it; none of it is reachable through the network. */
export interface CloudControls {
  /** Calls fail with AWS's own answers. */
  fail(failure: Failure): Promise<void>
  /** Calls take longer. */
  delay(delay: Delay): Promise<void>
  clearFaults(): Promise<void>
  setTimes(times: Partial<Times>): Promise<void>
  /** The dozen, and generated ones up to this number. */
  setInstances(count: number): Promise<void>
  /** From where the person comes, by IPv4 or IPv6: what the address service says, and what groups and ACLs look at. */
  setVisitor(address: string): Promise<void>
  /** Puts a machine, as it is then, into a network of its own. */
  setSurroundings(own: OwnSurroundings): Promise<void>
  /** VPC Block Public Access of the account. */
  setPublicAccess(mode: string): Promise<void>
}
export interface Cloud extends CloudControls {
  readonly files: CloudFiles
  close(): Promise<void>
}

/** Opens everything in `folder`, which must be empty and private. */
export async function openCloud(folder: string): Promise<Cloud> {
  const fleet = createFleet(await createLoginKeys())
  const times: Times = { ...defaultTimes }
  const faults = createFaults()
  const network = createNetwork()
  const servers = await openServers(folder, fleet, network, times)
  const power = createPower(fleet, times, {
    up: servers.up,
    down: servers.down,
    addressChanged: servers.addressChanged,
    terminated: servers.terminated,
  })
  const commands = createCommands(power, servers.runByAgent)
  const credentials: Credentials = { accessKeyId: 'AKIAPRACTICECLOUD001', secretAccessKey: randomBytes(30).toString('base64') }
  const backups = createBackupShelf(times)
  const policies = createPolicies(times, (policy, schedule) => runPolicy({ fleet, backups, times, disks: servers.disks }, policy, schedule))
  const endpoint = await openEndpoint(
    { fleet, power, backups, policies, network, times, commands, disks: servers.disks, rulesChanged: servers.rulesChanged, credentials },
    faults,
  )
  for (const machine of fleet.machines) servers.up(machine)
  await servers.settled()

  const keyFolder = join(folder, 'keys')
  await mkdir(keyFolder, { mode: 0o700 })
  for (const key of fleet.loginKeys.filter(({ owned }) => owned)) {
    await writeFile(join(keyFolder, `${key.name}.pem`), key.privateText, { mode: 0o600 })
  }
  return {
    files: {
      ...(await writeProfile(folder, endpoint.url, credentials)),
      keyFolder,
      sshConfigFile: servers.configFile,
      serialConsoleFingerprint: servers.serialConsoleFingerprint,
    },
    fail: async (failure) => faults.fail(failure),
    delay: async (delay) => faults.delay(delay),
    clearFaults: async () => faults.clear(),
    setTimes: async (changed) => void Object.assign(times, changed),
    setInstances: async (count) => fleet.setCount(count),
    async setVisitor(address) {
      network[isIPv6(address) ? 'visitorIpv6' : 'visitor'] = address
      servers.rulesChanged()
      await servers.settled()
    },
    async setSurroundings(own) {
      const machine = fleet.machines.find(({ spec }) => spec.instanceId === own.instanceId)
      if (!machine) throw new Error(`There is no ${own.instanceId}.`)
      network.surround(machine, own)
      power.place(machine, own)
      servers.rulesChanged()
      await servers.settled()
    },
    async setPublicAccess(mode) {
      network.publicAccess = mode
      servers.rulesChanged()
      await servers.settled()
    },
    async close() {
      power.close()
      policies.close()
      commands.close()
      await Promise.all([endpoint.close(), servers.close()])
    },
  }
}

async function writeProfile(folder: string, url: string, { accessKeyId, secretAccessKey }: Credentials) {
  const awsConfigFile = join(folder, 'aws-config')
  const awsCredentialsFile = join(folder, 'aws-credentials')
  await writeFile(
    awsConfigFile,
    `[profile practice]\nregion = us-east-1\nendpoint_url = ${url}\nmooring_address_url = ${url}/address\nmooring_address_ipv6_url = ${url}/address-ipv6\nmooring_proxy_url = ${url}\n`,
    {
      mode: 0o600,
    },
  )
  await writeFile(awsCredentialsFile, `[practice]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`, {
    mode: 0o600,
  })
  return { awsConfigFile, awsCredentialsFile }
}
