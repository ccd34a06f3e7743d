import type { Settings } from '../../contract/models/settings.ts'
import { isLoopback } from '../../contract/models/tunnel.ts'
import type { CoreHost } from '../host.ts'
import { proxyFromAnswer, proxyFromEnvironment, type SystemProxy } from '../ssh/route/system-proxy.ts'
import { parseVia } from '../ssh/route/via.ts'
import { UserError } from '../user-error.ts'
import type { Investigation } from './investigation.ts'

export interface UsualProxyFacts {
  readonly settings: Settings['proxy']
  readonly host: Pick<CoreHost, 'environment' | 'resolveProxy'>
}

/** The person's usual way out, for hosts to which neither they nor their ssh_config nor a tag names another. */
export async function throughUsualProxy(investigation: Investigation, facts: UsualProxyFacts): Promise<Investigation> {
  const { address, through, plan, configured } = investigation
  const straight = plan.chosenVia !== undefined || configured?.proxyJump === 'none' || isLoopback(address?.host ?? '')
  if (!address || through || straight) return investigation
  const proxy = await usualProxy(address.host, address.port, facts)
  if (!proxy) return investigation
  const hop = { kind: 'proxy', name: `${proxy.host}:${proxy.port}`, detail: proxy.kind, reason: 'settings' } as const
  return { ...investigation, doubtful: false, through: { kind: 'proxy', proxy, hop }, plan: { ...plan, route: [hop] } }
}

async function usualProxy(host: string, port: number, { settings, host: system }: UsualProxyFacts): Promise<SystemProxy | undefined> {
  switch (settings.kind) {
    case 'none':
      return undefined
    case 'system': {
      const named = proxyFromEnvironment(host, system.environment)
      if (named || !system.resolveProxy) return named
      const bracketed = host.includes(':') ? `[${host}]` : host
      return proxyFromAnswer(await system.resolveProxy(`https://${bracketed}:${port}`))
    }
    case 'own': {
      const via = parseVia(settings.address.trim())
      if (via?.kind === 'proxy') return via.proxy
      throw new UserError('INVALID_INPUT', { field: 'proxy', problem: settings.address || '-' })
    }
  }
}
