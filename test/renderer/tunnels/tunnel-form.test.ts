import { describe, expect, test } from 'vitest'
import type { Forward } from '../../../contract/models/tunnel.ts'
import { browserAddress } from '../../../renderer/tunnels/browse.ts'
import { stationsOf } from '../../../renderer/tunnels/stations.ts'
import { fromForm, newDraft, OTHER_HOST, presetOf, problemsOf, toForm, writtenHost } from '../../../renderer/tunnels/tunnel-form.ts'

const ref = { profile: 'practice', region: 'us-east-1', instanceId: 'i-1' }
const local: Forward = { kind: 'local', bindAddress: '127.0.0.1', bindPort: 5001, toHost: 'localhost', toPort: 5000 }
const saved = { id: 'a', name: 'Shop', target: { kind: 'instance' as const, ref }, forward: local, exposed: false, startWithApp: true }

describe('the form of a tunnel', () => {
  test.each<Forward>([
    local,
    { kind: 'remote', bindAddress: '127.0.0.1', bindPort: 8080, toHost: '::1', toPort: 3000 },
    { kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: 1080 },
  ])('changes nothing that nobody changed: $kind', (forward) => {
    const tunnel = { ...saved, forward }
    expect(fromForm(tunnel, toForm(tunnel), [ref], 'web-1')).toEqual(tunnel)
  })

  test('keeps how the host is reached while the host stays the same', () => {
    const target = { kind: 'instance' as const, ref, choices: { user: 'admin' } }
    const other = { ...ref, instanceId: 'i-2' }
    const draft = { ...saved, target }
    expect(fromForm(draft, toForm(draft), [ref, other], '').target).toEqual(target)
    expect(fromForm(draft, { ...toForm(draft), through: 'practice/us-east-1/i-2' }, [ref, other], '').target).toEqual({
      kind: 'instance',
      ref: other,
    })
  })

  test('takes a host as quick connect does, and names the tunnel after it', () => {
    const values = { ...toForm(newDraft(undefined)), through: OTHER_HOST, host: 'me@shop.example.com:2222' }
    expect(problemsOf(values)).toEqual({})
    expect(fromForm(newDraft(undefined), values, [], writtenHost(values))).toMatchObject({
      name: 'shop.example.com:5000',
      target: { kind: 'host', host: 'shop.example.com', choices: { user: 'me', port: 2222 } },
      exposed: false,
      forward: { bindAddress: '127.0.0.1' },
    })
  })

  test('listens for other computers only when the switch says so', () => {
    const values = { ...toForm(saved), bindAddress: '0.0.0.0' }
    expect(fromForm(saved, values, [ref], '').forward.bindAddress).toBe('127.0.0.1')
    expect(fromForm(saved, { ...values, exposed: true }, [ref], '')).toMatchObject({ exposed: true, forward: { bindAddress: '0.0.0.0' } })
  })

  test('names each field that cannot stay', () => {
    const values = { ...toForm(newDraft(undefined)), host: 'not a host', bindPort: '', toHost: 'a b', toPort: 70_000 }
    expect(problemsOf(values)).toEqual({ host: 'host', bindPort: 'port', toHost: 'address', toPort: 'port' })
    expect(problemsOf({ ...values, kind: 'dynamic', host: 'fine', bindPort: 1080 })).toEqual({})
  })

  test('knows a preset by its port', () => {
    expect([8888, 5432, 9].map((toPort) => presetOf({ toPort }))).toEqual(['jupyter', 'postgres', 'custom'])
  })
})

test.each<[Forward, string | undefined]>([
  [local, 'http://127.0.0.1:5001/'],
  [{ ...local, bindAddress: '0.0.0.0' }, 'http://127.0.0.1:5001/'],
  [{ ...local, bindAddress: '::1' }, 'http://[::1]:5001/'],
  [{ ...local, toPort: 443 }, 'https://127.0.0.1:5001/'],
  [{ ...local, toPort: 5432 }, undefined],
  [{ ...local, kind: 'remote' }, undefined],
  [{ kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: 1080 }, undefined],
])('a browser finds %o at %s', (forward, address) => expect(browserAddress({ forward })).toBe(address))

test('the picture goes the way of a connection', () => {
  const remote = stationsOf({ ...local, kind: 'remote' })
  expect(stationsOf(local).map(({ place }) => place)).toEqual(['here', 'host', 'target'])
  expect(remote).toEqual([
    { place: 'host', at: { host: '127.0.0.1', port: 5001 } },
    { place: 'here' },
    { place: 'target', at: { host: 'localhost', port: 5000 } },
  ])
})
