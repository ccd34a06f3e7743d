import type { Launch, LaunchChoices } from '../../contract/models/launch.ts'
import type { Aws } from '../aws/aws.ts'
import type { Place } from '../changes/facts.ts'
import type { LaunchFacts } from '../changes/plan-launch.ts'
import type { Keys } from '../keys/keys.ts'
import { ADDRESS_URL, findOwnAddress } from '../network/own-address.ts'

export interface Launching {
  /** As in the contract. */
  choices(place: Place): Promise<LaunchChoices>
  /** What a launch is planned from. Throws UserErrors. */
  facts(place: Place, launch: Launch): Promise<Omit<LaunchFacts, 'mark'>>
}

/** New instances: what AWS offers, what this computer has for it, and from where the person comes. */
export function createLaunching({ aws, keys }: { readonly aws: Aws; readonly keys: Keys }): Launching {
  return {
    async choices(place) {
      const [found, identities] = await Promise.all([aws.launchChoices(place), keys.list()])
      const here = new Set(identities.flatMap(({ publicKey }) => publicKey?.blob.toString('base64') ?? []))
      return {
        ...found,
        keyPairs: found.keyPairs.map(({ name, publicKey }) => ({ name, here: here.has(publicKey.trim().split(/\s+/)[1] ?? '') })),
      }
    },
    async facts(place, { imageId, key, group, subnetId, type }) {
      const [image, publicKey, address, { subnets, types }] = await Promise.all([
        aws.changes.image(place, imageId),
        key.kind === 'import' ? keys.publicKey(key.keyId) : undefined,
        group.kind === 'new' ? findOwnAddress(aws.setting(place.profile, 'mooring_address_url') ?? ADDRESS_URL) : undefined,
        aws.launchChoices(place),
      ])
      const vpcId = subnets.find(({ id }) => id === subnetId)?.vpcId
      return { place, image, publicKey, address, vpcId, free: types.find((each) => each.type === type)?.free ?? false }
    },
  }
}
