import { createHash } from 'node:crypto'
import type { MachineSpec } from './catalog.ts'
import { type HostKey, publicKeyLine, sha256Fingerprint } from './host-keys.ts'
import type { Image } from './images.ts'
import type { LoginKey } from './key-pairs.ts'

export interface Boot {
  readonly spec: MachineSpec
  readonly image: Image | undefined
  /** The keys that this boot prints, which need not be those that are served. */
  readonly hostKeys: readonly HostKey[]
  readonly loginKey: LoginKey | undefined
  readonly at: Date
  /** cloud-init's once-per-instance modules run. */
  readonly first: boolean
}

/** GetConsoleOutput keeps the last 64 KB. */
export const CONSOLE_LIMIT = 64 * 1024

/** What a machine prints while it boots: CRLF, cloud-init's blocks as its own scripts write them (facts.md 4.4), then a login prompt. */
export function bootLog(boot: Boot): string {
  const { spec } = boot
  if (spec.console === 'empty') return ''
  if (spec.console === 'windows') return windowsLog(boot)
  const host = `ip-${spec.privateAddress.replaceAll('.', '-')}`
  const withKeys = boot.first || spec.keysAtEveryBoot === true
  const lines = [
    ...kernelLines(boot),
    `[  OK  ] Started \u001b[0;1;39mssh.service\u001b[0m - OpenBSD Secure Shell server.`,
    `[   11.402613] cloud-init[812]: Cloud-init v. 24.4 running 'modules:config' at ${boot.at.toUTCString()}. Up 11.31 seconds.`,
    ...(boot.first && spec.console !== 'keys-only' ? authorizedKeys(boot) : []),
    ...(withKeys ? hostKeyBlocks(boot, host) : []),
    `[   14.870255] cloud-init[871]: Cloud-init v. 24.4 finished at ${boot.at.toUTCString()}. Datasource DataSourceEc2Local.  Up 14.86 seconds`,
    '',
    `${boot.image?.description ?? 'Linux'} ${host} ttyS0`,
    '',
    `${host} login: `,
  ]
  return lines.join('\r\n')
}

function kernelLines({ spec, image }: Boot): string[] {
  return [
    `[    0.000000] Linux version 6.8.0-1021-aws (buildd@lcy02-amd64-091) (gcc 13.3.0) #23-Ubuntu SMP`,
    `[    0.000000] Command line: BOOT_IMAGE=/vmlinuz-6.8.0-1021-aws root=PARTUUID=5c1a8f9e-01 ro console=tty1 console=ttyS0 nvme_core.io_timeout=4294967295`,
    `[    0.000000] DMI: Amazon EC2 ${spec.type}/, BIOS 1.0 10/16/2017`,
    `[    1.204518] systemd[1]: Detected architecture ${spec.architecture === 'arm64' ? 'arm64' : 'x86-64'}.`,
    `[    1.330947] systemd[1]: Hostname set to <ip-${spec.privateAddress.replaceAll('.', '-')}>.`,
    `Welcome to ${image?.description ?? 'Linux'}!`,
    `[  OK  ] Reached target \u001b[0;1;39mnetwork-online.target\u001b[0m - Network is Online.`,
    `ci-info: +++++++++++++++++++++++++++Net device info+++++++++++++++++++++++++++`,
    `ci-info: | Device |  Up  |   Address    |     Mask      | Scope  |     Hw-Address    |`,
    `ci-info: |  ens5  | True |  ${spec.privateAddress}  | 255.255.255.0 | global | 0e:a1:c7:e9:2b:5d |`,
  ]
}

/** cloud-init's cc_ssh_authkey_fingerprints. */
function authorizedKeys({ spec, loginKey }: Boot): string[] {
  const { user } = spec
  if (!loginKey || !user) return []
  const digest = createHash('sha256')
    .update(loginKey.blob)
    .digest('hex')
    .replace(/..(?!$)/g, '$&:')
  const type = loginKey.type === 'rsa' ? 'ssh-rsa' : 'ssh-ed25519'
  const row = `| ${type} | ${digest} |    -    | ${loginKey.name} |`
  const title = `Authorized keys from /home/${user}/.ssh/authorized_keys for user ${user}`
  const width = row.length - title.length
  const rule = row.replace(/[^|]/g, '-').replaceAll('|', '+')
  return [
    `ci-info: ${'+'.repeat(width >> 1)}${title}${'+'.repeat(width - (width >> 1))}`,
    `ci-info: ${rule}`,
    `ci-info: | Keytype | Fingerprint (sha256) | Options | Comment |`,
    `ci-info: ${rule}`,
    `ci-info: ${row}`,
    `ci-info: ${rule}`,
  ]
}

/** cloud-init's write-ssh-key-fingerprints, through `logger -s -p user.info -t cloud-init`. */
function hostKeyBlocks({ hostKeys, at }: Boot, host: string): string[] {
  const stamp = `${at.toUTCString().slice(8, 11)} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)}`
  const prefix = `<14>${stamp} cloud-init: `
  const bits = { ed25519: 256, ecdsa: 256, rsa: 2048 } as const
  return [
    `${prefix}#############################################################`,
    `${prefix}-----BEGIN SSH HOST KEY FINGERPRINTS-----`,
    ...hostKeys.map((key) => `${prefix}${bits[key.type]} ${sha256Fingerprint(key.blob)} root@${host} (${key.type.toUpperCase()})`),
    `${prefix}-----END SSH HOST KEY FINGERPRINTS-----`,
    `${prefix}#############################################################`,
    '-----BEGIN SSH HOST KEY KEYS-----',
    ...hostKeys.map((key) => publicKeyLine(key.blob, `root@${host}`)),
    '-----END SSH HOST KEY KEYS-----',
  ]
}

function windowsLog({ at }: Boot): string {
  const stamp = at.toISOString().replace('T', ' ').slice(0, 19)
  return [
    `${stamp}Z: Windows is being configured. SysprepState=IMAGE_STATE_UNDEFINED`,
    `${stamp}Z: AMI Origin Version: 2025.01.15`,
    `${stamp}Z: EC2LaunchTelemetry: IsTelemetryEnabled=true`,
    `${stamp}Z: Message: Windows is Ready to use`,
    '',
  ].join('\r\n')
}
