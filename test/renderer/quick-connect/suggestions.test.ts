import { expect, it } from 'vitest'
import { suggestions } from '../../../renderer/quick-connect/suggestions.ts'

it('suggests what was lately connected to and the bookmarks, each once', () => {
  const web = { kind: 'host', host: 'web', choices: { user: 'me' } } as const
  const db = { kind: 'host', host: 'db', choices: { port: 2222 } } as const
  const base = { colour: 'none', notes: '' } as const
  const bookmarks = [
    { ...base, id: '1', name: 'me@web', target: web },
    { ...base, id: '2', name: 'Database', target: db, keyPath: '~/db.pem' },
  ]
  expect(suggestions({ history: [web, db, web], bookmarks, folders: [] })).toEqual({
    history: [
      { label: 'me@web', target: web },
      { label: 'db:2222', target: db },
    ],
    bookmarks: [{ label: 'Database (db:2222)', target: db, keyPath: '~/db.pem' }],
  })
})
