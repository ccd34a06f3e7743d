import { generateKeyPairSync } from 'node:crypto'
import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AwsFixture, openAws } from '../support/aws.ts'
import { type Moto, startMoto } from '../support/moto.ts'

let moto: Moto
let fixture: AwsFixture
const ref = { profile: 'prod', region: 'eu-west-1', instanceId: '' }
beforeAll(async () => {
  moto = await startMoto()
  const credentials = '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = test\n'
  fixture = await openAws({ files: { credentials }, environment: { AWS_ENDPOINT_URL: moto.endpoint }, settings: { profiles: [] } })
})
afterAll(async () => {
  await fixture.close()
  await moto.stop()
})

/** OpenSSH's line for a public key (RFC 8709, 4). */
function publicKeyLine(): string {
  const raw = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const text = (bytes: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes])
  return `ssh-ed25519 ${Buffer.concat([text(Buffer.from('ssh-ed25519')), text(raw)]).toString('base64')}`
}

test('a key pair comes with its id, type, fingerprint and public key', async () => {
  const client = new EC2({ region: 'eu-west-1', endpoint: moto.endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  const line = publicKeyLine()
  await client.importKeyPair({ KeyName: 'course', PublicKeyMaterial: Buffer.from(line) })
  await client.importKeyPair({ KeyName: 'course2', PublicKeyMaterial: Buffer.from(publicKeyLine()) })
  expect(await fixture.aws.facts.keyPair(ref, 'course')).toEqual({
    id: expect.stringMatching(/^key-/),
    name: 'course',
    type: 'ed25519',
    fingerprint: expect.any(String),
    publicKey: expect.stringContaining(line),
  })
  expect(await fixture.aws.facts.keyPair(ref, 'no-such-pair')).toBeUndefined()
  expect(await fixture.aws.facts.keyPair(ref, 'course*')).toBeUndefined()
})

test('an image tells its owner and name, and one that never was is not known', async () => {
  expect(await fixture.aws.facts.image(ref, 'ami-785db401')).toMatchObject({
    imageId: 'ami-785db401',
    ownerId: '099720109477',
    name: expect.stringMatching(/^ubuntu\/images\//),
    gone: false,
  })
  expect(await fixture.aws.facts.image(ref, 'ami-00000000')).toBeUndefined()
})

test('keys that are typed in are checked and show their account', async () => {
  await fixture.aws.profiles.addKeys({ name: 'typed', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'test' })
  expect(fixture.aws.profiles.state.value.profiles.find(({ name }) => name === 'typed')).toMatchObject({
    kind: 'vault',
    accountId: '123456789012',
    arn: expect.stringMatching(/^arn:aws:/),
    selected: true,
  })
})
