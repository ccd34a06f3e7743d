import { expect, test } from 'vitest'
import { verifyPublished } from '../../../core/reach/serial-console.ts'
import { serialEndpoint } from '../../../core/reach/serial-endpoints.ts'

test('each region has its own endpoint and fingerprint, as the EC2 User Guide prints them', () => {
  expect(serialEndpoint('us-east-1')).toEqual({
    host: 'serial-console.ec2-instance-connect.us-east-1.aws',
    fingerprint: 'SHA256:dXwn5ma/xadVMeBZGEru5l2gx+yI5LDiJaLUcz0FMmw',
  })
  expect(serialEndpoint('eu-west-1')?.fingerprint).toBe('SHA256:h2AaGAWO4Hathhtm6ezs3Bj7udgUxi2qTrHjZAwCW6E')
  expect(serialEndpoint('af-south-1')?.host).toBe('ec2-serial-console.af-south-1.api.aws')
  expect(serialEndpoint('us-gov-west-1')?.host).toBe('serial-console.ec2-instance-connect.us-gov-west-1.amazonaws.com')
  expect(serialEndpoint('cn-north-1')?.host).toBe('ec2-serial-console.cn-north-1.api.amazonwebservices.com.cn')
  expect([serialEndpoint('mars-1'), serialEndpoint('constructor')]).toEqual([undefined, undefined])
})

test('a host that shows another key is refused, and nobody is asked', async () => {
  const [type, expected, other] = ['ssh-ed25519', 'SHA256:published', 'SHA256:other']
  expect(await verifyPublished({ type, fingerprint: expected }, 'eu-west-1', expected)).toMatchObject({ reason: 'published-by-aws' })
  await expect(verifyPublished({ type, fingerprint: other }, 'eu-west-1', expected)).rejects.toMatchObject({
    code: 'SERIAL_CONSOLE_KEY_WRONG',
    details: { region: 'eu-west-1', expected, actual: other },
  })
})
