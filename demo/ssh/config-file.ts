import { rename, writeFile } from 'node:fs/promises'
import type { Machine } from '../machines/machine.ts'

/** How to come to a machine: the names that lead to it, none where nothing lets one in, and what stands for it on this computer. */
export interface Way {
  readonly machine: Machine
  readonly names: readonly string[]
  readonly host?: string
  readonly port: number
}

/**
 * An ssh_config that leads each instance's present addresses and names to its server on loopback. Every other address that the
 * practice cloud may ever give out leads to a port that stays silent: nothing here goes out to the network.
 */
export function sshConfig(ways: readonly Way[], silentPort: number, serialPort: number): string {
  const blocks = ways
    .filter(({ names }) => names.length > 0)
    .map(({ machine, names, port, host }) => `# ${machine.spec.name}\n${hostBlock(names, port, host)}`)
  const serial = `# serial consoles\n${hostBlock(['serial-console.ec2-instance-connect.*.aws'], serialPort)}`
  return [...blocks, serial, `# everything else\n${hostBlock(practiceNetworks, silentPort)}`].join('\n')
}

/** Readers see the old file or the new one, never a part. */
export async function writeAtomically(file: string, text: string) {
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** RFC 5737, 2544 and 3849, and the addresses of the practice VPCs. */
const practiceNetworks = [
  '203.0.113.*',
  '198.51.100.*',
  '198.18.*',
  '198.19.*',
  '2001:db8:*',
  '10.20.*',
  '10.30.*',
  '10.40.*',
  'ec2-203-0-113-*.amazonaws.com',
  'ec2-198-51-100-*.amazonaws.com',
  'ec2-198-18-*.amazonaws.com',
]

function hostBlock(names: readonly string[], port: number, host = '127.0.0.1'): string {
  return `Host ${names.join(' ')}\n  HostName ${host}\n  Port ${port}\n`
}
