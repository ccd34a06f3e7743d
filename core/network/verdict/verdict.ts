import type { PathLink, Verdict } from '../../../contract/models/verdict.ts'
import { judgeAclIn, judgeAclOut } from './acl.ts'
import type { ConnectFacts } from './connect-facts.ts'
import { judgeGroups } from './groups.ts'
import { advice, broken, type Judged, ok, skipped, unknown } from './judged.ts'
import { judgeRoute } from './route.ts'

/** Why a connection does not come to be: the first link of the way that is broken, and the one thing to do about it. Pure. */
export function decide(facts: ConnectFacts): Verdict {
  const judged = judgeAll(facts).map(([link, each]) => ({ link, ...proven(facts, link, each) }))
  const first = judged.find(({ outcome }) => outcome === 'broken')
  const links = judged.map(({ remedy: _remedy, params, ...link }) => ({ ...link, params: { ...params } }))
  return {
    links,
    ...(first ? { broken: first.link } : {}),
    remedy: first?.remedy ?? advice(facts.probe?.kind === 'banner' ? 'reachable' : 'timeout', { port: String(facts.port) }),
  }
}

function judgeAll(facts: ConnectFacts): readonly (readonly [PathLink['link'], Judged])[] {
  const { ownAddress, way, state } = facts
  // Only what goes over the internet meets a gateway, and only then do groups and ACLs see the address that the internet sees.
  const public_ = way === 'public' || way === 'ipv6'
  const onTheWay = (judge: (facts: ConnectFacts) => Judged) => (public_ ? judge(facts) : skipped)
  return [
    ['this-computer', ownAddress ? ok('known', { address: ownAddress }) : public_ ? unknown : skipped],
    ['state', judgeState(facts)],
    ['address', state === 'running' ? judgeAddress(facts) : skipped],
    ['block-public-access', onTheWay(judgeBlock)],
    ['route', onTheWay(judgeRoute)],
    ['acl-in', onTheWay(judgeAclIn)],
    ['security-groups', onTheWay(judgeGroups)],
    ['acl-out', onTheWay(judgeAclOut)],
    ['status', state === 'running' ? judgeStatus(facts) : skipped],
    ['answer', state === 'running' && way !== 'none' ? judgeAnswer(facts) : skipped],
  ]
}

/** What an answer proves, whatever the rules seem to say: someone on the way may have another address, or an exception. */
function proven({ probe }: ConnectFacts, link: PathLink['link'], judged: Judged): Judged {
  const cameThrough = probe && ['banner', 'refused', 'reset', 'no-banner'].includes(probe.kind)
  // A group or an ACL drops packets without a word, so that any answer is the machine's.
  const isNetwork = link !== 'answer' && link !== 'status'
  if (judged.outcome !== 'broken' || !cameThrough || (!isNetwork && probe.kind !== 'banner')) return judged
  return { outcome: 'unknown', code: judged.code, params: judged.params }
}

function judgeState({ state }: ConnectFacts): Judged {
  if (state === 'running') return ok('running')
  const params = { state }
  if (state === 'stopped') return broken('not-running', params, { kind: 'start' })
  const gone = state === 'terminated' || state === 'shutting-down'
  return broken('not-running', params, gone ? advice('terminated') : advice('wait-for-state', params))
}

function judgeAddress({ way, address = '', probe }: ConnectFacts): Judged {
  const params = { address }
  if (way === 'none') return broken('none', {}, advice('no-address'))
  if (way !== 'private') return ok(way, params)
  const lost = probe?.kind === 'timeout' || probe?.kind === 'no-route'
  return lost ? broken('private', params, advice('private-address')) : ok('private', params)
}

function judgeBlock({ blockPublicAccess: mode }: ConnectFacts): Judged {
  if (mode === undefined) return unknown
  return mode === 'off' ? ok('off') : broken('on', { mode }, advice('block-public-access'))
}

function judgeStatus({ status }: ConnectFacts): Judged {
  if (!status) return unknown
  if (status.system === 'impaired') return broken('system', {}, advice('status-system'))
  if (status.instance === 'impaired' || status.disks === 'impaired') return broken('instance', {}, advice('status-instance'))
  if (status.system === 'initializing' || status.instance === 'initializing') return { ...unknown, code: 'initializing' }
  return status.system === 'ok' && status.instance === 'ok' ? ok('ok') : unknown
}

function judgeAnswer({ probe, status, windows, port }: ConnectFacts): Judged {
  if (!probe) return unknown
  if (probe.kind === 'banner') return ok('banner', { software: probe.software })
  if (windows) return broken(probe.kind, {}, advice('windows'))
  const booting = status?.instance === 'initializing' && (probe.kind === 'refused' || probe.kind === 'timeout')
  return broken(probe.kind, {}, booting ? advice('status-initializing') : advice(probe.kind, { port: String(port) }))
}
