import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withWish } from '../../../../core/ssh/algorithm-lists.ts'
import { evaluate, type Setting } from '../../../../core/ssh/config/evaluate.ts'

/** A folder with files to include; `@` in a configuration stands for it. */
let folder: string
/** What ssh says of a host about which no file says anything. */
let usual: ReadonlyMap<string, readonly string[]>
const user = userInfo().username

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mooring-openssh-'))
  mkdirSync(join(folder, 'conf.d'))
  writeFileSync(join(folder, 'more'), 'User included\n')
  writeFileSync(join(folder, 'sections'), 'Host web\n  Port 2200\nHost db\n  Port 2201\n')
  writeFileSync(join(folder, 'conf.d', '20'), 'User second\nPort 2\n')
  writeFileSync(join(folder, 'conf.d', '10'), 'User first\n')
  writeFileSync(join(folder, 'itself'), `Host web\n  User me\nInclude ${folder}/sections\n`)
  usual = outputOf(sshG('', 'web').stdout)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What OpenSSH's client makes of each, against what we do. `^` begins the host that is asked about, where it is not `web`. */
const configurations: readonly (readonly [text: string, host?: string])[] = [
  ['Host web\n HostName 10.0.0.7\n User deploy\n Port 2222\n'],
  ['HostName everywhere.example\n'],
  ['Host db\n User x\n'],
  ['Host w*\n User star\nHost web\n User late\n'],
  ['Host w?b\n User question\n'],
  ['Host * !web\n User not-me\n'],
  ['Host !db *\n User negated\n'],
  ['Host !db\n User only-negated\n'],
  ['Host "web" \'db\'\n User quoted\n'],
  ['Host one two web three\n User several\n'],
  ['Host WEB\n User upper\n'],
  ['Host WEB\n User upper\n', 'WEB'],
  ['Host *.example.com\n User pattern\n', 'www.example.com'],
  ['Host 10.0.0.*\n User address\n', '10.0.0.9'],
  ['Host web\nUser=equals\nPort = 2022\nHostName="quoted.example"\n'],
  ['\tHOST\tweb\n\t\tUSER\ttabs\n'],
  ['Host web\r\n User windows\r\n'],
  ['# comment\n\n   # indented\nHost web # not a name\n User hash # and a comment\n'],
  ['Host web\n HostName %h.internal\n'],
  ['Host web\n HostName %n-%%-%h\n'],
  ['Host web\n HostName UPPER.Example\n'],
  ['User first\nUser second\n'],
  ['Host web\n User "two words"\n'],
  ['Host web\n User back\\\\slash\n'],
  ['IdentityFile ~/.ssh/one\nHost web\n IdentityFile %d/two\n IdentityFile ~/.ssh/one\n'],
  ['IdentityFile none\nIdentitiesOnly yes\n'],
  ['CertificateFile ~/c-%h\nCertificateFile /d\n'],
  ['IdentityAgent none\n'],
  ['IdentityAgent SSH_AUTH_SOCK\n'],
  ['IdentityAgent $MY_AGENT\nForwardAgent yes\n'],
  ['ForwardAgent no\nIdentitiesOnly no\n'],
  ['Match all\n User everybody\n'],
  ['Match host web\n User matched\n'],
  ['Match host db,w*\n User listed\n'],
  ['Match host w*,!web\n User negated\n'],
  ['Match !host db\n User other\n'],
  ['Match host WEB\n User lower\n'],
  ['Host web\n HostName inner.example\nMatch host inner.*\n User by-hostname\nMatch originalhost web\n Port 23\n'],
  [`Match localuser ${user}\n Port 24\nMatch localuser nobody-here\n Port 25\n`],
  ['Host web\n User root2\nMatch user root2 host web\n Port 26\n'],
  ['Match user nobody-here\n Port 27\nMatch !user nobody-here\n Port 28\n'],
  ['Match exec "true"\n Port 29\n'],
  ['Match exec "false"\n Port 30\nMatch !exec "false"\n Port 31\n'],
  ['Match host web exec "test %h-%n-%p-%r = web-web-22-%u"\n Port 32\n'],
  ['Match host db exec "false"\n Port 33\nMatch all\n Port 34\n'],
  ['Match final host inner.*\n Port 35\nHost web\n HostName inner.example\n'],
  ['Match canonical\n Port 36\nMatch final all\n User at-last\n'],
  ['Match final\n User final\nHost inner.example\n Port 37\nHost web\n HostName inner.example\n IdentityFile ~/x\n LocalForward 1 a:2\n'],
  ['Include @/more\n'],
  ['Include @/conf.d/*\n'],
  ['Include @/nowhere @/more\n'],
  ['Host db\n Include @/more\nHost web\n User outside\n'],
  ['Host web\n Include @/sections\n User after\n'],
  ['Include @/itself\nUser last\n'],
  ['ProxyJump bastion\n'],
  ['ProxyJump me@bastion:2222,[::1]:22,last\n'],
  ['ProxyJump none\nProxyCommand nc %h %p # kept\n'],
  ['ProxyCommand ssh -W "%h:%p" bastion\nProxyJump late\n'],
  ['ProxyJump early\nProxyCommand late\n'],
  ['ProxyCommand none\nProxyJump bastion\n'],
  ['Host web\n ProxyCommand=exec nc %h %p\n'],
  ['LocalForward 8080 localhost:80\nLocalForward 127.0.0.1:8081 [::1]:81\nLocalForward *:8082 a:82\n'],
  ['RemoteForward 9000\nRemoteForward [::1]:9001 host:1\n'],
  ['DynamicForward 1080\nDynamicForward localhost:1081\nDynamicForward [::1]:1082\n'],
  ['SetEnv A=1 "B=two words"\nSetEnv C=3\n'],
  ['SendEnv LANG LC_*\nSendEnv X\nSendEnv LANG\n'],
  ['ServerAliveInterval 2m\nServerAliveCountMax 5\nConnectTimeout 1h5\n'],
  ['ServerAliveInterval 0\nConnectTimeout 1W2d\n'],
  ['KexAlgorithms +diffie-hellman-group14-sha1\nCiphers -aes*\nMACs ^hmac-sha1\n'],
  ['KexAlgorithms curve25519-sha256,ecdh-*\nUser x\n'],
  ['KexAlgorithms -ecdh-*\nCiphers +3des-cbc,aes128-cbc\nMACs hmac-sha2-256,hmac-sha2-512\n'],
  ['HostKeyAlgorithms +ssh-rsa\n'],
  ['HostKeyAlgorithms ^rsa-sha2-256\n'],
  ['HostKeyAlgorithms -*nistp*,rsa-*\n'],
  ['HostKeyAlias the-%h\nUserKnownHostsFile ~/k1 /dev/null\nGlobalKnownHostsFile /k2 /k3\n'],
  ['UserKnownHostsFile none\n'],
  ['StrictHostKeyChecking accept-new\n'],
  ['StrictHostKeyChecking off\n'],
  ['StrictHostKeyChecking yes\nAddressFamily inet6\n'],
  ['StrictHostKeyChecking ask\nAddressFamily inet\n'],
  ['BindAddress 127.0.0.1\nForwardX11 yes\nRemoteCommand echo "hi" # all\n'],
  ['PreferredAuthentications publickey,password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n'],
  ['IgnoreUnknown Frob*,Other\nFrobnicate yes\nUser known\n'],
  ['ControlMaster auto\nControlPath ~/x-%C\nCompression yes\nUseRoaming no\nUser harmless\n'],
  // What OpenSSH refuses, with the line that it names.
  ['Host web\nUser\n'],
  ['Host web\nUser "x\n'],
  ["Host web\nUser x'\n"],
  ['Frobnicate yes\n'],
  ['Host db\nPort sshd\n'],
  ['Port ssh\nUser x\n'],
  ['Port 0\n'],
  ['Port 70000\n'],
  ['User two words\n'],
  ['Host web\n\n\nForwardX11 maybe\n'],
  ['StrictHostKeyChecking perhaps\n'],
  ['ConnectTimeout soon\n'],
  ['ServerAliveCountMax many\n'],
  ['AddressFamily ipv6\n'],
  ['ProxyJump a:x\n'],
  ['LocalForward 8080\n'],
  ['LocalForward x y z\n'],
  ['DynamicForward\n'],
  ['SetEnv A\n'],
  ['Match\n'],
  ['Match host\n'],
  ['Match frob x\n'],
  ['Match all host web\n'],
  ['Match host web all\n'],
]

test('there are more than enough configurations to compare', () => {
  expect(configurations.length).toBeGreaterThanOrEqual(60)
})

test.for(configurations.map(([text, host]) => ({ text, host: host ?? 'web' })))(
  'ssh -G agrees about $host in $text',
  async ({ text, host }) => {
    const config = text.replaceAll('@/', `${folder}/`)
    const file = join(folder, 'config')
    const ssh = sshG(config, host)
    const { settings, problems } = await evaluate([file], [host], {
      homeFolder: homedir(),
      localUser: user,
      run: async ({ expanded }) => spawnSync('/bin/sh', ['-c', expanded]).status === 0,
    })
    const broken = problems.flatMap((problem) => (problem.code === 'SSH_CONFIG_BROKEN' ? [problem.details.line] : []))
    const named = [...new Set([...ssh.stderr.matchAll(/line (\d+)[:.]? /g)].map(([, line]) => Number(line)))]
    expect(broken).toEqual(ssh.status === 0 ? [] : named)
    if (ssh.status === 0) expect(asOutput(settings, host)).toEqual(changed(outputOf(ssh.stdout), host))
  },
)

function sshG(config: string, host: string) {
  const file = join(folder, 'config')
  writeFileSync(file, config)
  return spawnSync('ssh', ['-G', '-F', file, host], { encoding: 'utf8', env: { ...process.env, MY_AGENT: '/my/agent' } })
}

function outputOf(text: string): ReadonlyMap<string, readonly string[]> {
  const output = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [, keyword = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? []
    output.set(keyword, [...(output.get(keyword) ?? []), value])
  }
  return output
}

const compared =
  `addressfamily bindaddress certificatefile ciphers connecttimeout dynamicforward forwardagent forwardx11 globalknownhostsfile
  hostkeyalgorithms hostkeyalias hostname identitiesonly identityagent identityfile kbdinteractiveauthentication kexalgorithms localforward macs
  passwordauthentication port preferredauthentications proxycommand proxyjump remotecommand remoteforward sendenv serveralivecountmax
  serveraliveinterval setenv stricthostkeychecking user userknownhostsfile`.split(/\s+/)

/** Where it is not what ssh says anyway. */
function changed(output: ReadonlyMap<string, readonly string[]>, host: string): Record<string, readonly string[]> {
  const lines = compared.flatMap((keyword) => {
    const value = output.get(keyword)?.map(yesNo)
    const before = keyword === 'hostname' ? [host.toLowerCase()] : usual.get(keyword)?.map(yesNo)
    return value && value.join('\n') !== before?.join('\n') ? [[keyword, value] as const] : []
  })
  return Object.fromEntries(lines)
}

const queries: Readonly<Record<string, string>> = {
  kexalgorithms: 'kex',
  ciphers: 'cipher',
  macs: 'mac',
  hostkeyalgorithms: 'HostKeyAlgorithms',
}

/** Ours as `ssh -G` would print it. */
function asOutput(settings: ReadonlyMap<string, readonly Setting[]>, host: string): Record<string, readonly string[]> {
  const output = new Map<string, readonly string[]>()
  for (const [keyword, found] of settings) {
    const words = found.flatMap((setting) => setting.words)
    const [word = ''] = words
    const query = queries[keyword]
    if (query) {
      const available = execFileSync('ssh', ['-Q', query], { encoding: 'utf8' }).trim().split('\n')
      const list = usual.get(keyword)?.[0]?.split(',') ?? []
      output.set(keyword, [withWish(list, word, available).join(',')])
    } else if (keyword === 'hostname') {
      output.set(keyword, [word.replace(/%([%hn])/g, (_, token) => (token === '%' ? '%' : host)).toLowerCase()])
    } else if (keyword.endsWith('knownhostsfile')) {
      output.set(keyword, [words.map((path) => path.replace(/^~/, homedir())).join(' ')])
    } else if (keyword === 'proxyjump' || keyword === 'proxycommand' || keyword === 'remotecommand') {
      if (word !== 'none') output.set(keyword, [word])
    } else output.set(keyword, words.map(yesNo))
  }
  return changed(output, host)
}

function yesNo(value: string): string {
  return { true: 'yes', false: 'no' }[value] ?? value
}
