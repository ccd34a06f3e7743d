import { describe, expect, test } from 'vitest'
import { proxyFromAnswer, proxyFromEnvironment } from '../../../../core/ssh/route/system-proxy.ts'

const http = (host: string, port: number, more = {}) => ({ kind: 'http', host, port, ...more })
const socks = (host: string, port: number, more = {}) => ({ kind: 'socks5', host, port, ...more })

describe('the proxy of the environment', () => {
  test.each([
    [{}, undefined],
    [{ ALL_PROXY: 'socks5://proxy:1081' }, socks('proxy', 1081)],
    [{ all_proxy: 'socks5h://proxy' }, socks('proxy', 1080)],
    [{ HTTPS_PROXY: 'http://proxy:3128/' }, http('proxy', 3128)],
    [{ https_proxy: 'proxy:3128', HTTPS_PROXY: 'http://other:1' }, http('proxy', 3128)],
    [{ ALL_PROXY: 'socks5://a', HTTPS_PROXY: 'http://b' }, socks('a', 1080)],
    [{ HTTPS_PROXY: 'http://me:s%40cret@proxy:3128' }, http('proxy', 3128, { user: 'me', password: 's@cret' })],
    [{ HTTPS_PROXY: 'https://proxy:443' }, undefined],
    [{ HTTPS_PROXY: 'not a proxy' }, undefined],
    [{ HTTP_PROXY: 'http://proxy:80' }, undefined],
  ])('%j', (environment, proxy) => {
    expect(proxyFromEnvironment('host.example.com', environment)).toEqual(proxy)
  })

  test.each([
    ['host.example.com', '*', false],
    ['host.example.com', 'example.com', false],
    ['host.example.com', '.example.com, other', false],
    ['host.example.com', '*.example.com', false],
    ['badexample.com', 'example.com', true],
    ['HOST.example.com', 'host.EXAMPLE.com', false],
    ['10.1.2.3', '10.0.0.0/8', false],
    ['11.1.2.3', '10.0.0.0/8', true],
    ['fd00::5', 'fd00::/16', false],
    ['10.1.2.3', 'fd00::/16', true],
    ['10.1.2.3', '10.0.0.0/99', true],
    ['localhost', '', false],
    ['127.0.0.7', '', false],
    ['::1', '', false],
  ])('to %s with NO_PROXY=%s: %s', (host, NO_PROXY, proxied) => {
    expect(proxyFromEnvironment(host, { ALL_PROXY: 'socks5://proxy', NO_PROXY }) !== undefined).toBe(proxied)
  })
})

test.each([
  ['DIRECT', undefined],
  ['PROXY proxy:3128; DIRECT', http('proxy', 3128)],
  ['SOCKS5 [2001:db8::1]:1081', socks('2001:db8::1', 1081)],
  ['SOCKS old:1080', { kind: 'socks4', host: 'old', port: 1080 }],
  ['HTTPS proxy:443', undefined],
  ['', undefined],
])('the desktop’s answer %s', (answer, proxy) => {
  expect(proxyFromAnswer(answer)).toEqual(proxy)
})
