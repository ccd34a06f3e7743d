import { join } from 'node:path'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { DesktopWish, OpenedDesktop } from '../../contract/models/remote-desktop.ts'
import type { Aws } from '../aws/aws.ts'
import type { CoreHost } from '../host.ts'
import type { Keys } from '../keys/keys.ts'
import type { Reach } from '../reach/reach.ts'
import type { Tunnels } from '../tunnels/tunnels.ts'
import { UserError } from '../user-error.ts'
import { findClient, startClient } from './client.ts'
import { leadTo } from './lead.ts'
import { readPassword } from './password.ts'

/** As in the contract. */
export interface Windows {
  copyPassword(ref: InstanceRef, signal?: AbortSignal): Promise<{ seconds: number }>
  openDesktop(wish: DesktopWish, signal?: AbortSignal): Promise<OpenedDesktop>
}

/** Long enough to paste it, short enough that the next thing pasted somewhere is not it. */
const CLIPBOARD_SECONDS = 60
const RDP_PORT = 3389

interface Options {
  readonly host: CoreHost
  readonly aws: Aws
  readonly keys: Keys
  readonly reach: Reach
  readonly tunnels: Tunnels
}

/** The desktop of a Windows instance, and its administrator's password, which never reaches the page. */
export function createWindows({ host, aws, keys, reach, tunnels }: Options): Windows {
  const { environment } = host
  const password = (ref: InstanceRef, signal: AbortSignal | undefined) => readPassword(ref, { aws, keys, reach }, signal)

  return {
    async copyPassword(ref, signal) {
      const { instanceId, profile, region } = ref
      if (!host.lendClipboard) throw new UserError('CLIPBOARD_NOT_HERE', { instanceId, profile, region })
      await host.lendClipboard(await password(ref, signal), CLIPBOARD_SECONDS)
      return { seconds: CLIPBOARD_SECONDS }
    },
    async openDesktop({ ref, through }, signal) {
      const client = await findClient(environment)
      const [instance, plan] = await Promise.all([aws.inventory.lookUp(ref, signal), reach.plan({ kind: 'instance', ref })])
      if (instance.state !== 'running') throw new UserError('INSTANCE_NOT_RUNNING', { instanceId: ref.instanceId, state: instance.state })
      const user = plan.logins[0]?.user ?? 'Administrator'
      const secret = client.wantsPassword ? await password(ref, signal) : undefined
      const to = await destination()
      await startClient(client, { ...to, user }, { folder: join(host.dataFolder, 'remote-desktop'), environment, password: secret })
      return { ...to, client: client.name }

      async function destination() {
        const { publicAddress, ipv6Address, privateAddress, name } = instance
        // What ssh_config says of an address is for ssh alone.
        const chosen = plan.address?.reason === 'choice' ? plan.address.host : undefined
        const address = through ? privateAddress : (chosen ?? publicAddress ?? ipv6Address ?? privateAddress)
        if (!address) throw new UserError('INSTANCE_NO_ADDRESS', { instanceId: ref.instanceId })
        if (!through) return { address, port: RDP_PORT }
        const wanted = { name: `${name || ref.instanceId} (RDP)`, through, host: address, port: RDP_PORT }
        return { address: '127.0.0.1', port: await leadTo(tunnels, wanted, signal) }
      }
    },
  }
}
