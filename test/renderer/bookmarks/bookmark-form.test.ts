import { describe, expect, it } from 'vitest'
import type { Bookmark } from '../../../contract/models/bookmark.ts'
import { fromForm, problemsOf, toForm } from '../../../renderer/bookmarks/bookmark-form.ts'
import { bookmarkOf } from '../../../renderer/bookmarks/same-target.ts'

const blank = { name: '', colour: 'none', notes: '', target: { kind: 'host', host: '' } } as const
const ref = { profile: 'prod', region: 'us-east-1', instanceId: 'i-1' }

describe('a bookmark’s fields', () => {
  it('take all of user@host:port in the host’s', () => {
    expect(fromForm(blank, { ...toForm(blank), host: 'me@web:2222' })).toEqual({
      ...blank,
      name: 'web',
      target: { kind: 'host', host: 'web', choices: { user: 'me', port: 2222 } },
    })
  })

  it('let a field of its own win', () => {
    const { target } = fromForm(blank, { ...toForm(blank), host: 'me@web:2222', user: 'root', port: 22 })
    expect(target).toEqual({ kind: 'host', host: 'web', choices: { user: 'root', port: 22 } })
  })

  it('lead back to the same bookmark when nothing is changed', () => {
    const saved: Bookmark = {
      id: '1',
      name: 'v6',
      folderId: 'f',
      colour: 'teal',
      target: { kind: 'host', host: '2001:db8::1', choices: { user: 'me', port: 22, keyId: 'k', keepSession: true, forwardX11: false } },
      keyPath: '~/k.pem',
      notes: 'n',
    }
    expect(fromForm(saved, toForm(saved))).toEqual(saved)
  })

  it('keep an instance, and forget what was emptied', () => {
    const saved: Bookmark = { id: '1', name: 'web', colour: 'none', notes: '', target: { kind: 'instance', ref, choices: { user: 'me' } } }
    expect(fromForm(saved, { ...toForm(saved), user: '' }).target).toEqual({ kind: 'instance', ref })
  })

  it('say which of them cannot stay', () => {
    expect(problemsOf(blank, { ...toForm(blank), host: '', user: 'a b', port: 70_000 })).toEqual({
      host: 'host',
      user: 'user',
      port: 'port',
    })
    expect(problemsOf(blank, { ...toForm(blank), host: 'web' })).toEqual({})
  })
})

describe('the bookmark of a terminal', () => {
  it.each([
    [{ kind: 'host', host: 'a' }, { kind: 'host', host: 'a', choices: { keyId: 'k' } }, true],
    [{ kind: 'host', host: 'a' }, { kind: 'host', host: 'a', choices: { user: 'me' } }, false],
    [{ kind: 'host', host: 'a' }, { kind: 'host', host: 'b' }, false],
    [{ kind: 'instance', ref }, { kind: 'instance', ref: { ...ref } }, true],
    [{ kind: 'instance', ref }, { kind: 'instance', ref: { ...ref, region: 'eu-west-1' } }, false],
    [{ kind: 'host', host: 'i-1' }, { kind: 'instance', ref }, false],
  ] as const)('%j is %j: %s', (one, other, same) => {
    const bookmark = { ...blank, id: 'b', target: one }
    expect(bookmarkOf([bookmark], other)).toBe(same ? bookmark : undefined)
  })
})
