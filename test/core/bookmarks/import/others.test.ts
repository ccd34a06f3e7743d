import { describe, expect, test } from 'vitest'
import { read } from './read.ts'

describe('an ssh_config of another computer', () => {
  test.each([
    [
      'a host',
      'Host web\n  HostName 10.0.0.1\n  User me\n  Port 2200\n  IdentityFile ~/.ssh/web.pem\n',
      ['web | me@10.0.0.1:2200 | key ~/.ssh/web.pem'],
    ],
    ['patterns for all', 'Host a b\n  HostName %h.lan\nHost *\n  User root\n', ['a | root@a.lan', 'b | root@b.lan']],
    ['jump hosts', 'Host in\n  HostName 10.0.0.9\n  ProxyJump me@gate:2222,inner\n', ['in | 10.0.0.9 | via me@gate:2222,inner']],
    [
      'what cannot be taken over',
      'Host x\n  HostName h\n  ProxyCommand nc %h %p\n  LocalForward 1 a:1\n  RemoteCommand top\n',
      ['x | h | without forwards, command, proxy'],
    ],
    ['sections by more than the name', 'Host x\n  User me\nMatch exec "true"\n  User other\n', ['x | me@x | without match']],
    ['the first value', 'Host x\n  User first\n  User second\n  ProxyJump none\n', ['x | first@x']],
  ])('%s', (_, text, items) => expect(read(text)).toEqual({ format: 'ssh-config', items }))

  test('with broken lines and includes names them and keeps the rest', () => {
    expect(read('Include other\nHost a\n  HostName "a.lan\n  User me\n')).toEqual({
      format: 'ssh-config',
      items: ['a | me@a'],
      skipped: ['other | include | 1', 'HostName "a.lan | broken | 3'],
    })
  })
})

describe("Termius's CSV", () => {
  const head = 'Groups,Label,Tags,Hostname/IP,Protocol,Port,Username,Password,SSH_KEY'
  test.each([
    [
      'groups in groups, quoted tags',
      `${head}\nProd/Web,web-1,"db,mysql",10.0.0.1,ssh,2222,me,,\n`,
      ['Prod/Web/web-1 | me@10.0.0.1:2222 | notes db,mysql'],
    ],
    [
      'passwords and keys stay behind',
      `${head}\n,a,,h,ssh,22,me,secret-word,-----BEGIN X-----\n`,
      ['a | me@h | without password, key-inside'],
    ],
    ['the older columns, lines of Windows', 'Groups,Label,Tags,Hostname/IP,Protocol,Port,Username,Password\r\n,a,,h,ssh,,,\r\n', ['a | h']],
    ['columns in another order, a byte order mark', '\ufeffLabel,Hostname/IP,Username\nb,h,me\n', ['b | me@h']],
    ['a name of several lines', `${head}\n,"two\nlines",,h,ssh,22,,,\n`, ['two lines | h']],
  ])('%s', (_, text, items) => expect(read(text)).toEqual({ format: 'termius', items }))

  test('rows that are no SSH or cut short are named', () => {
    expect(read(`${head}\n,switch,,10.0.0.9,telnet,23,,,\n,half\n`)).toEqual({
      format: 'termius',
      items: [],
      skipped: ['switch | protocol | telnet', 'half | no-host'],
    })
  })
})

describe("electerm's bookmarks", () => {
  const json = (value: unknown) => JSON.stringify(value)
  test.each([
    [
      'a list',
      json([{ id: '1', title: 'a', host: 'h', port: 2200, username: 'me', privateKey: '/k.pem' }]),
      ['a | me@h:2200 | key /k.pem'],
    ],
    [
      'groups in groups',
      json({
        bookmarkGroups: [
          { id: 'default', title: 'default', bookmarkIds: ['1'], bookmarkGroupIds: ['g'] },
          { id: 'g', title: 'Prod', bookmarkIds: ['2'], bookmarkGroupIds: ['h'] },
          { id: 'h', title: 'DB', bookmarkIds: ['3'], bookmarkGroupIds: ['g'] },
        ],
        bookmarks: ['1', '2', '3'].map((id) => ({ id, title: `b${id}`, host: `h${id}`, port: 22, username: '' })),
      }),
      ['b1 | h1', 'Prod/b2 | h2', 'Prod/DB/b3 | h3'],
    ],
    [
      'hops',
      json([
        {
          title: 'a',
          host: 'h',
          username: 'me',
          connectionHoppings: [{ host: 'gate', port: 22, username: 'jump', password: 'secret-word' }],
        },
      ]),
      ['a | me@h | via jump@gate | without password'],
    ],
    [
      'secrets, scripts and tunnels stay behind',
      json([
        {
          title: 'a',
          host: 'h',
          username: 'me',
          privateKey: '-----BEGIN X-----\nsecret-word',
          sshTunnels: [{}],
          runScripts: [{}],
          profile: 'p',
        },
      ]),
      ['a | me@h | without key-inside, credential, forwards, command'],
    ],
    [
      'a proxy',
      json([{ title: 'a', host: 'h', username: 'me', proxy: 'socks5://127.0.0.1:1080' }]),
      ['a | me@h | via socks5://127.0.0.1:1080'],
    ],
  ])('%s', (_, text, items) => {
    const result = read(text)
    expect(result).toEqual({ format: 'electerm', items })
    expect(json(result)).not.toContain('secret-word')
  })

  test('that are of other kinds or broken are named', () => {
    expect(read(json([{ title: 'a', host: 'h', username: '' }, { title: 'web', type: 'web', host: 'w' }, 'nonsense']))).toEqual({
      format: 'electerm',
      items: ['a | h'],
      skipped: ['web | protocol | web', 'broken'],
    })
  })
})

describe("Tabby's config.yaml", () => {
  const profiles = (...items: string[]) => `version: 7\nprofiles:\n${items.join('')}`
  const ssh = (id: string, options: string, more = '') => `  - type: ssh\n    name: ${id}\n    id: ${id}\n${more}    options:\n${options}`
  test.each([
    [
      'a profile',
      profiles(ssh('a', "      host: h\n      port: 2200\n      user: me\n      privateKeys:\n        - 'file:///home/me/k.pem'\n")),
      ['a | me@h:2200 | key /home/me/k.pem'],
    ],
    ['a group by its name', profiles(ssh('a', '      host: h\n', '    group: Prod\n')), ['Prod/a | h']],
    [
      'groups in groups by their ids',
      `${profiles(ssh('a', '      host: h\n', '    group: g2\n'))}groups:\n  - id: g1\n    name: Prod\n  - id: g2\n    name: DB\n    parentGroupId: g1\n`,
      ['Prod/DB/a | h'],
    ],
    [
      'jump hosts, which are profiles',
      profiles(ssh('gate', '      host: g\n      user: j\n'), ssh('in', '      host: h\n      jumpHost: gate\n')),
      ['gate | j@g', 'in | h | via j@g'],
    ],
    [
      'jump hosts in a circle, keys in the vault, forwards',
      profiles(ssh('a', "      host: h\n      jumpHost: a\n      privateKeys: ['vault://x']\n      forwardedPorts: [{}]\n")),
      ['a | h | without key-inside, forwards, jump-host'],
    ],
  ])('%s', (_, text, items) => expect(read(text)).toEqual({ format: 'tabby', items }))

  test('that is encrypted, broken, or a bomb is said to be so', () => {
    expect(read('version: 7\nencrypted: true\nvault:\n  contents: abc\n')).toEqual({ format: 'tabby', problem: 'encrypted', items: [] })
    expect(read('profiles:\n  - [unclosed\n')).toEqual({ format: 'tabby', problem: 'broken', items: [] })
    const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}*a${n}]\n`).join('')}profiles: *a9\n`
    expect(read(bomb)).toEqual({ format: 'tabby', problem: 'broken', items: [] })
  })
})

describe("WindTerm's user.sessions", () => {
  const session = (more: object) => JSON.stringify([{ 'session.protocol': 'SSH', 'session.label': 'a', 'session.target': 'h', ...more }])
  test.each([
    ['a session', session({ 'session.target': 'me@h', 'session.port': 2200 }), ['a | me@h:2200']],
    ['groups', session({ 'session.group': 'Prod>DB' }), ['Prod/DB/a | h']],
    ['a key', session({ 'ssh.identityFilePath': '/k.pem' }), ['a | h | key /k.pem']],
    ['a stored login', session({ 'session.autoLogin': 'c2VjcmV0' }), ['a | h | without password']],
    ['a port as text', session({ 'session.port': '22' }), ['a | h']],
  ])('%s', (_, text, items) => expect(read(text)).toEqual({ format: 'windterm', items }))

  test('of other protocols are named', () => {
    expect(read(session({ 'session.protocol': 'Telnet' }))).toEqual({ format: 'windterm', items: [], skipped: ['a | protocol | Telnet'] })
  })
})

describe("Xshell's .xsh", () => {
  const file = (connection: string, login = '') =>
    `[SessionInfo]\r\nVersion=7.1\r\n[CONNECTION]\r\n${connection}[CONNECTION:AUTHENTICATION]\r\n${login}`
  test('is a session called as the file, in the folders that it lies in', () => {
    expect(read(file('Protocol=SSH\r\nHost=h\r\nPort=2200\r\n', 'UserName=me\r\n'), 'Sessions/Prod/web.xsh')).toEqual({
      format: 'xshell',
      items: ['Sessions/Prod/web | me@h:2200'],
    })
  })
  test.each([
    ['SFTP', file('Protocol=SFTP\r\nHost=h\r\n'), ['s | h']],
    ['stored password and key', file('Host=h\r\n', 'Password=c2Vj\r\nUserKey=id_rsa\r\n'), ['s | h | without password, credential']],
    ['forwards', `${file('Host=h\r\n')}[CONNECTION:SSH]\r\nFwdReqCount=2\r\n`, ['s | h | without forwards']],
  ])('%s', (_, text, items) => {
    expect(read(text, 's.xsh')).toEqual({ format: 'xshell', items })
    expect(read(Buffer.from(`\ufeff${text}`, 'utf16le'), 's.xsh')).toEqual({ format: 'xshell', items })
  })
  test('of another protocol, or without a host, is named', () => {
    expect(read(file('Protocol=TELNET\r\nHost=h\r\n'), 't.xsh')).toMatchObject({ skipped: ['t | protocol | TELNET'] })
    expect(read(file('Protocol=SSH\r\n'), 'e.xsh')).toMatchObject({ skipped: ['e | no-host'] })
  })
})

describe("SecureCRT's export", () => {
  const xml = (inside: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<VanDyke version="3.0">\n<key name="Sessions">${inside}</key></VanDyke>`
  const session = (name: string, values: string) => `<key name="${name}"><string name="Protocol Name">SSH2</string>${values}</key>`
  const host = (name: string) => `<string name="Hostname">${name}</string>`
  test.each([
    [
      'a session',
      xml(session('a', `${host('h')}<string name="Username">me</string><dword name="[SSH2] Port">2200</dword>`)),
      ['a | me@h:2200'],
    ],
    ['folders', xml(`<key name="Prod"><key name="DB">${session('a', host('h'))}</key></key>`), ['Prod/DB/a | h']],
    ['its template left out', xml(session('Default', host('')) + session('a', host('h'))), ['a | h']],
    [
      'a key',
      xml(session('a', `${host('h')}<string name="Identity Filename V2">C:\\k&amp;.pem::rawkey</string>`)),
      ['a | h | key C:\\k&.pem'],
    ],
    [
      'a password and a firewall',
      xml(session('a', `${host('h')}<string name="Password V2">02:abc</string><string name="Firewall Name">Session:gate</string>`)),
      ['a | h | without password, jump-host'],
    ],
  ])('%s', (_, text, items) => expect(read(text)).toEqual({ format: 'securecrt', items }))

  test('of another protocol is named; a broken or malicious file is said to be broken', () => {
    expect(read(xml(`<key name="t"><string name="Protocol Name">Telnet</string>${host('h')}</key>`))).toMatchObject({
      skipped: ['t | protocol | Telnet'],
    })
    expect(read('<VanDyke version="3.0"><key name="Sessions">')).toEqual({ format: 'securecrt', problem: 'broken', items: [] })
    expect(read(`<!DOCTYPE x [<!ENTITY a "b">]>${xml('')}`)).toEqual({ format: 'securecrt', problem: 'broken', items: [] })
  })
})

describe("FileZilla's sites", () => {
  const xml = (inside: string) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<FileZilla3 version="3.66.4" platform="windows"><Servers>${inside}</Servers></FileZilla3>`
  const server = (inside: string, protocol = 1) => `<Server><Host>h</Host><Protocol>${protocol}</Protocol>${inside}</Server>`
  test.each([
    ['a site', xml(server('<Port>2200</Port><User>me</User><Name>a</Name><Comments>mine</Comments>')), ['a | me@h:2200 | notes mine']],
    ['folders', xml(`<Folder expanded="1">Prod<Folder expanded="0">DB${server('<Name>a</Name>')}</Folder></Folder>`), ['Prod/DB/a | h']],
    ['a key', xml(server('<Keyfile>/k.pem</Keyfile><Name>a</Name>')), ['a | h | key /k.pem']],
    ['a password', xml(server('<Pass encoding="base64">c2VjcmV0</Pass><Name>a</Name>')), ['a | h | without password']],
    ['an old file, whose names stand as text', xml('<Server><Host>h</Host><Protocol>1</Protocol>old</Server>'), ['old | h']],
  ])('%s', (_, text, items) => expect(read(text)).toEqual({ format: 'filezilla', items }))

  test('that are FTP are named', () => {
    expect(read(xml(server('<Name>a</Name>', 0)))).toEqual({ format: 'filezilla', items: [], skipped: ['a | protocol | FTP'] })
  })
})

test.each([
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'unknown'],
  ['nothing', '', 'unknown'],
  ['prose', 'Dear all,\nthe meeting is at ten.', 'unknown'],
  ['JSON of something else', '{"a":1}', 'unknown'],
  ['JSON that was cut off', '[{"title":"a","host":', 'broken'],
])('%s is no file of sessions', (_, content, problem) => expect(read(content)).toEqual({ problem, items: [] }))

test('names from a file have no control characters and an end', () => {
  const name = `\u001b]0;evil\u0007${'x'.repeat(500)}`
  const { items } = read(JSON.stringify([{ title: name, host: 'h', username: 'a b' }])) as { items: string[] }
  expect(items).toEqual([`]0;evil ${'x'.repeat(192)} | h | without user`])
})
