import type { ConfiguredHost } from '../ssh/config/host.ts'
import { type KnownHosts, openKnownHosts } from '../ssh/known-hosts.ts'

interface Known {
  readonly knownHosts: KnownHosts
  readonly knownAs: { readonly host: string; readonly port: number }
}

/** In which files a host is known, and under which name: HostKeyAlias and UserKnownHostsFile of the person's own file. */
export function knownUnder(configured: ConfiguredHost | undefined, address: Known['knownAs'], usual: KnownHosts): Known {
  const { hostKeyAlias, knownHostsFiles, globalKnownHostsFiles } = configured ?? {}
  // OpenSSH looks for an alias without a port.
  const knownAs = hostKeyAlias ? { host: hostKeyAlias, port: 22 } : address
  if (!knownHostsFiles && !globalKnownHostsFiles) return { knownHosts: usual, knownAs }
  const [file = '/dev/null', ...more] = knownHostsFiles ?? usual.files.user
  return { knownHosts: openKnownHosts(file, more, globalKnownHostsFiles ?? usual.files.global), knownAs }
}
