import type { KeyMatch } from '../../contract/models/reach.ts'
import type { Identity } from '../keys/keys.ts'

/** ssh_config(5), IdentityFile. */
const SSH_ORDER = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk']

/**
 * The one that was found; without a key pair, those that ssh would try; where the pair's key is not here, those with a certificate, which
 * need no pair. An agent's come after them by themselves.
 */
export function keysToTry(match: KeyMatch, identities: readonly Identity[]): readonly Identity[] {
  if (match.kind === 'found') return identities.filter(({ key }) => key.id === match.keyId)
  if (match.kind === 'missing' || match.kind === 'instance-connect')
    return identities.filter(({ key, certificates = [] }) => key.source !== 'agent' && certificates.some(({ kind }) => kind === 'user'))
  const usual = identities.filter(({ key }) => key.source === 'ssh-folder' && SSH_ORDER.includes(key.label))
  return usual.toSorted((a, b) => SSH_ORDER.indexOf(a.key.label) - SSH_ORDER.indexOf(b.key.label))
}
