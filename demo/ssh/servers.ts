import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fleet } from '../machines/fleet.ts'
import { type Machine, publicName } from '../machines/machine.ts'
import type { Network } from '../machines/network.ts'
import type { Times } from '../machines/power.ts'
import { type Answer, answerAt } from '../machines/reachability.ts'
import { type AddressKind, addressesOf } from '../machines/surroundings.ts'
import { writePrograms } from '../stand-ins/programs.ts'
import { type AgentRun, runByAgent } from './agent.ts'
import { sshConfig, type Way, writeAtomically } from './config-file.ts'
import { createDisks, type Disks } from './disks.ts'
import { createHome, loginEnvironment } from './home.ts'
import { openOtherPorts } from './other-ports.ts'
import { openSerialConsoles } from './serial-console.ts'
import { type MachineServer, openMachineServer } from './server.ts'
import { turnServices } from './services.ts'
import { openSilentPort } from './silent-port.ts'

/** The SSH servers of all machines that a client could reach, and the ssh_config that leads there. */
export interface Servers {
  readonly configFile: string
  readonly disks: Disks
  /** Of the host key of the serial consoles. */
  readonly serialConsoleFingerprint: string
  up(machine: Machine): void
  down(machine: Machine): void
  addressChanged(): void
  /** Runs a script there as its agent does. The signal ends it. */
  runByAgent(machine: Machine, script: string, signal: AbortSignal): Promise<AgentRun>
  /** Its disk is gone. */
  terminated(machine: Machine): void
  /** New connections come through or do not; those that are open stay, as connection tracking lets them. */
  rulesChanged(): void
  /** Everything that was asked for so far is done. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** The first of those that a system keeps for itself; nothing has used it for decades. */
const CLOSED_PORT = 1
/** RFC 1112: a group of hosts, with which there is no TCP connection; systems answer that the network is unreachable. */
const NOWHERE = '224.0.0.1'

export async function openServers(folder: string, fleet: Fleet, network: Network, times: Times): Promise<Servers> {
  const configFile = join(folder, 'ssh_config')
  const { bin } = await writePrograms(join(folder, 'programs'))
  const silent = await openSilentPort()
  const others = await openOtherPorts()
  const open = new Map<Machine, MachineServer>()
  const homes = new Map<Machine, Promise<string>>()
  const serial = await openSerialConsoles(fleet, async (machine) => {
    const home = await homeOf(machine)
    return { home, environment: loginEnvironment(machine, home, bin) }
  })
  // One change after the other, so that the file is of one moment.
  let work: Promise<void> = Promise.resolve()
  const then = (step: () => Promise<void> | undefined) => {
    work = work.then(step)
  }

  function homeOf(machine: Machine): Promise<string> {
    const home = homes.get(machine) ?? createHome(join(folder, 'machines'), machine)
    homes.set(machine, home)
    return home
  }

  const disks = createDisks(folder, homeOf, (step) => then(() => step().catch(() => undefined)))

  async function start(machine: Machine) {
    const key = fleet.loginKeys.find(({ name }) => name === machine.spec.keyName)
    if (!key || machine.spec.user === undefined || machine.state !== 'running' || open.has(machine)) return
    await turnServices(machine, await homeOf(machine), bin, '--boot')
    open.set(
      machine,
      await openMachineServer({
        machine,
        key,
        home: await homeOf(machine),
        times,
        bin,
        neighbour: (address, port) => neighbour(machine, address, port),
      }),
    )
    await writeConfig()
  }

  /** The port on loopback behind an address of the machine's own network. */
  function neighbour({ spec }: Machine, address: string, port: number): number | undefined {
    const found = [...open.keys()].find((other) => other.spec.privateAddress === address && other.spec.region === spec.region)
    return found && port === 22 ? open.get(found)?.port : undefined
  }

  async function stop(machine: Machine) {
    const server = open.get(machine)
    open.delete(machine)
    await server?.close()
    await takeDown(machine)
    await writeConfig()
  }

  async function takeDown(machine: Machine) {
    const home = await homes.get(machine)
    if (home) await turnServices(machine, home, bin, '--down')
  }

  /** Where each of its names leads, as the network and the machine itself have it. */
  function waysTo(machine: Machine, { port }: MachineServer): readonly Way[] {
    return Object.entries(addressesOf(machine)).flatMap(([kind, address]) => {
      const names = kind === 'public' ? [address, publicName(machine) ?? []].flat() : [address]
      const stand = standIn(answerAt(machine, kind as AddressKind, network), port)
      return stand ? { machine, names, ...stand } : []
    })
  }
  function standIn(answer: Answer, port: number): Pick<Way, 'host' | 'port'> | undefined {
    switch (answer) {
      case 'listens':
        return { port }
      case 'refuses':
        return { port: CLOSED_PORT }
      case 'resets':
        return { port: others.resetting }
      case 'speaks-http':
        return { port: others.http }
      case 'no-route':
        return { host: NOWHERE, port }
      case 'drops':
        return undefined
    }
  }

  function writeConfig() {
    const ways = [...open].flatMap(([machine, server]) => waysTo(machine, server))
    return writeAtomically(configFile, sshConfig(ways, silent.port, serial.port))
  }

  await writeConfig()
  return {
    configFile,
    disks,
    serialConsoleFingerprint: serial.fingerprint,
    up: (machine) => then(() => start(machine)),
    down: (machine) => then(() => stop(machine)),
    addressChanged: () => then(writeConfig),
    terminated: (machine) =>
      then(async () => {
        const home = homes.get(machine)
        homes.delete(machine)
        if (home) await rm(await home, { recursive: true, force: true })
      }),
    runByAgent: async (machine, script, signal) => runByAgent(machine, await homeOf(machine), bin, script, signal),
    rulesChanged: () => then(writeConfig),
    settled: () => work,
    async close() {
      await work
      await Promise.all([...open.values()].map((server) => server.close()))
      await Promise.all([...homes.keys()].map(takeDown))
      await serial.close()
      await silent.close()
      await others.close()
    },
  }
}
