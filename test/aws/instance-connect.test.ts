import { EC2 } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKey, publicKeyLine } from '../../core/reach/keyless.ts'
import { type AwsFixture, openAws } from '../support/aws.ts'
import { type Moto, startMoto } from '../support/moto.ts'

let moto: Moto
let fixture: AwsFixture
beforeAll(async () => {
  moto = await startMoto()
  const credentials = '[prod]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = test\n'
  fixture = await openAws({ files: { credentials }, environment: { AWS_ENDPOINT_URL: moto.endpoint }, settings: { profiles: [] } })
})
afterAll(async () => {
  await fixture.close()
  await moto.stop()
})

test('a key for one login is taken', async () => {
  const client = new EC2({ region: 'eu-west-1', endpoint: moto.endpoint, credentials: { accessKeyId: 'a', secretAccessKey: 'b' } })
  const { Instances } = await client.runInstances({ ImageId: 'ami-785db401', MinCount: 1, MaxCount: 1 })
  const ref = { profile: 'prod', region: 'eu-west-1', instanceId: Instances?.[0]?.InstanceId ?? '' }
  const line = publicKeyLine(makeKey('id', 'label'))
  await expect(fixture.aws.instanceConnect.sendKey(ref, 'ubuntu', line, new AbortController().signal)).resolves.toBeUndefined()
  await expect(fixture.aws.instanceConnect.sendKey(ref, 'ubuntu', line, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' })
})
