import { expect, test } from 'vitest'
import { findOwnAddress, ownIpv6Towards } from '../../../core/network/own-address.ts'
import { openEndpoint } from '../../support/aws-endpoint.ts'

async function answered(body: string, status = 200, family: 4 | 6 = 4): Promise<string> {
  const endpoint = await openEndpoint(() => ({ body, status }))
  try {
    return await findOwnAddress(endpoint.url, family)
  } catch (error) {
    return JSON.stringify((error as { details: { reason: string } }).details.reason)
  } finally {
    await endpoint.close()
  }
}

test('the address is what the service says, and nothing else is taken for one', async () => {
  expect(await answered('203.0.113.5\n')).toBe('203.0.113.5')
  expect(await answered('<html>Log in to the hotel’s network</html>')).toBe('"no-banner"')
  expect(await answered('2001:db8::1')).toBe('"no-banner"')
  expect(await answered('203.0.113.5', 503)).toBe('"no-banner"')
  expect(await answered('203.0.113.5'.padEnd(5_000_000))).toBe('"no-banner"')
})

test('an IPv6 address is asked of a service that says one', async () => {
  expect(await answered('2001:db8::1\n', 200, 6)).toBe('2001:db8::1')
  expect(await answered('203.0.113.5\n', 200, 6)).toBe('"no-banner"')
})

test('an IPv6 address that leads no further than this computer is none that an instance could see', async () => {
  expect(await ownIpv6Towards('::1')).toBeUndefined()
  expect(await ownIpv6Towards('ff02::1%nowhere')).toBeUndefined()
})

test('nobody there is said as such', async () => {
  const endpoint = await openEndpoint(() => ({ body: '' }))
  await endpoint.close()
  await expect(findOwnAddress(endpoint.url)).rejects.toMatchObject({ code: 'AWS_UNREACHABLE', details: { reason: 'refused' } })
})
