import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import type { UserErrorData } from '../../../contract/errors.ts'
import { errorSentence } from '../../../renderer/app/error-words.ts'
import { speak, startWords } from '../../../renderer/words/words.ts'

beforeAll(startWords)

const examples: readonly (readonly [UserErrorData, string, string])[] = [
  [
    { code: 'HOST_UNREACHABLE', details: { address: '3.83.2.1', port: 22, reason: 'refused' } },
    'nothing listens on port 22',
    'nada escucha en el puerto 22',
  ],
  [
    { code: 'AWS_LOGIN_EXPIRED', details: { profile: 'prod', kind: 'sso' } },
    'The login of “prod” has expired.',
    'La sesión de «prod» ha caducado.',
  ],
  [
    {
      code: 'INSTANCE_NO_ADDRESS',
      details: { instanceId: 'i-1', privateAddress: '10.0.0.1', bastions: [{ instanceId: 'i-2', name: 'b' }] },
    },
    'only the private address 10.0.0.1',
    'solo tiene la dirección privada 10.0.0.1',
  ],
  [
    { code: 'KEY_WRONG', details: { label: 'a.pem', fileKey: 'A', wantedKey: 'B' } },
    '“a.pem” is the key A; the instance wants B.',
    '«a.pem» es la clave A; la instancia pide B.',
  ],
  [
    {
      code: 'AUTHENTICATION_FAILED',
      details: { host: 'web-1', users: ['ubuntu', 'ec2-user'], keys: ['a.pem'], offered: ['publickey'], tooMany: false },
    },
    'web-1 let none of ubuntu or ec2-user in with a.pem.',
    'web-1 no dejó entrar a ubuntu o ec2-user con a.pem.',
  ],
  [
    { code: 'STORE_DAMAGED', details: { name: 'bookmarks', keptAs: 'b.bad', recovered: true } },
    'the last good copy is in use',
    'última copia buena',
  ],
  [
    { code: 'AWS_CONFIG_BROKEN', details: { file: '~/.aws/config', problem: 'no name' } },
    '~/.aws/config cannot be read: no name',
    'No se puede leer',
  ],
  [
    { code: 'AWS_NO_CREDENTIALS', details: { profile: 'half', problem: 'no-credentials' } },
    'gave no credentials: nothing says where they come from.',
    'no dio credenciales: nada dice de dónde salen.',
  ],
  [
    { code: 'AWS_NO_CREDENTIALS', details: { profile: 'tool', problem: 'my-tool: no such user' } },
    'my-tool: no such user',
    'my-tool: no such user',
  ],
  [
    { code: 'SSH_NO_COMMON_ALGORITHM', details: { host: 'old', what: 'cipher', theirs: ['3des-cbc'] } },
    'old encrypts only with ciphers that Mooring does not accept (3des-cbc)',
    '3des-cbc',
  ],
  [{ code: 'AWS_CONFIG_BROKEN', details: { file: '~/.aws/config', line: 3, problem: 'no name' } }, 'at line 3', 'en la línea 3'],
]

test.each(examples)('says %j', async (error, english, spanish) => {
  await speak('en')
  expect(errorSentence(error, i18next.t, 'en')).toContain(english)
  await speak('es')
  expect(errorSentence(error, i18next.t, 'es')).toContain(spanish)
})

test('what a server or AWS said is shown as it is, markup and braces included', async () => {
  await speak('en')
  const error: UserErrorData = {
    code: 'AWS_REFUSED',
    details: { action: 'ec2:StopInstances', awsCode: 'X', message: '<b>{{awsCode}}</b> $t(name)' },
  }
  expect(errorSentence(error, i18next.t, 'en')).toBe('AWS refused ec2:StopInstances: <b>{{awsCode}}</b> $t(name) (X)')
})
