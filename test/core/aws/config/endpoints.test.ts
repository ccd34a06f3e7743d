import { expect, test } from 'vitest'
import { endpointFor } from '../../../../core/aws/config/endpoints.ts'

const services = new Map([['local', { 'ec2.endpoint_url': 'http://services-ec2' }]])
const section = { services: 'local', endpoint_url: 'http://profile' }

test('one service’s variable wins over that of all, and variables over files', () => {
  const all = { AWS_ENDPOINT_URL: 'http://all' }
  expect(endpointFor('ec2', section, services, { ...all, AWS_ENDPOINT_URL_EC2: 'http://ec2' })).toBe('http://ec2')
  expect(endpointFor('sso_oidc', section, services, { ...all, AWS_ENDPOINT_URL_SSO_OIDC: 'http://oidc' })).toBe('http://oidc')
  expect(endpointFor('ec2', section, services, all)).toBe('http://all')
})
test('of a profile’s own, the one for the service wins', () => {
  expect(endpointFor('ec2', section, services, {})).toBe('http://services-ec2')
  expect(endpointFor('sts', section, services, {})).toBe('http://profile')
})
test('AWS itself is meant where nothing is said, or all of it is to be ignored', () => {
  expect(endpointFor('ec2', {}, services, {})).toBeUndefined()
  expect(
    endpointFor('ec2', section, services, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://all' }),
  ).toBeUndefined()
})
