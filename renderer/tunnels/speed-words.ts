import type { TFunction } from 'i18next'
import type { TunnelState } from '../../contract/models/tunnel.ts'
import { formatBytes } from '../words/formats.ts'

/** What goes through just now, each way, a second. */
export function speedWords({ receiving, sending }: TunnelState, t: TFunction<'tunnels'>, language: string): string {
  return t('speed', { received: formatBytes(receiving, language), sent: formatBytes(sending, language) })
}
