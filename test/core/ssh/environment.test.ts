import { expect, test } from 'vitest'
import { environmentToSend } from '../../../core/ssh/environment.ts'

const environment = { LANG: 'de', LC_TIME: 'en', LC_ALL: undefined, SECRET: 'x' }

test.each([
  [{ send: ['LANG', 'LC_*'] }, { LANG: 'de', LC_TIME: 'en' }],
  [{ send: ['LC_*', '-LC_T*'] }, {}],
  [{ send: ['-*', 'LANG'] }, { LANG: 'de' }],
  [
    { send: ['L?NG'], set: { LANG: 'fr', A: '1' } },
    { LANG: 'fr', A: '1' },
  ],
  [{}, {}],
])('of %j, %j is sent', (wishes, sent) => {
  expect(environmentToSend(wishes, environment)).toEqual(sent)
})
