import { describe, expect, test } from 'vitest'
import { read } from './read.ts'

const root = 'HKEY_CURRENT_USER\\Software\\SimonTatham\\PuTTY'
const registry = (...blocks: string[]) => ['Windows Registry Editor Version 5.00', ...blocks].join('\r\n\r\n')
const block = (name: string, ...values: string[]) => [`[${root}\\Sessions\\${name}]`, ...values].join('\r\n')

describe('sessions of PuTTY', () => {
  test('of a registry export: names unescaped, numbers in hexadecimal, the default left out', () => {
    const text = registry(
      `[${root}\\SshHostKeys]\r\n"ssh-ed25519@22:example.org"="0x1,0x2"`,
      block('Default%20Settings', '"HostName"=""', '"PortNumber"=dword:00000016'),
      block(
        'my%20host',
        '"HostName"="example.org"',
        '"PortNumber"=dword:000008ae',
        '"Protocol"="ssh"',
        '"UserName"="me"',
        '"PublicKeyFile"="C:\\\\keys\\\\k.ppk"',
      ),
      block('other', '"HostName"="root@10.0.0.1"', '"PortNumber"=dword:00000016', '"Protocol"="ssh"', '"UserName"=""'),
    )
    const expected = { format: 'putty', items: ['my host | me@example.org:2222 | key C:\\keys\\k.ppk', 'other | root@10.0.0.1'] }
    expect(read(text)).toEqual(expected)
    expect(read(Buffer.from(`\ufeff${text}`, 'utf16le'))).toEqual(expected)
  })

  test('of KiTTY, and of a version of Windows before 2000', () => {
    const text =
      'REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\Software\\9bis.com\\KiTTY\\Sessions\\box]\r\n"HostName"="box.lan"\r\n"PortNumber"=dword:00000016\r\n"Protocol"="ssh"\r\n'
    expect(read(text)).toEqual({ format: 'putty', items: ['box | box.lan'] })
  })

  test('of a folder on Linux, one a file', () => {
    const text = 'PortNumber=22\nProtocol=ssh\nHostName=pi.lan\nUserName=pi\nPublicKeyFile=/home/me/pi.ppk\nProxyMethod=0\n'
    expect(read(text, 'sessions/rasp%20pi%C3%A9')).toEqual({ format: 'putty', items: ['rasp pié | pi@pi.lan | key /home/me/pi.ppk'] })
  })

  test('keep a proxy that can be used, and say what is left behind', () => {
    const text = registry(
      block(
        'socks',
        '"HostName"="a"',
        '"ProxyMethod"=dword:00000002',
        '"ProxyHost"="p.lan"',
        '"ProxyPort"=dword:00000438',
        '"ProxyUsername"="bob"',
        '"ProxyPassword"="secret-word"',
      ),
      block('local', '"HostName"="b"', '"ProxyMethod"=dword:00000005', '"ProxyTelnetCommand"="plink"'),
      block('tunnels', '"HostName"="c"', '"PortForwardings"="L8080=localhost:80,D1080="', '"RemoteCommand"="htop"'),
    )
    const result = read(text)
    expect(result).toEqual({
      format: 'putty',
      items: [
        'socks | a | via socks5://bob@p.lan:1080 | without password',
        'local | b | without proxy',
        'tunnels | c | without forwards, command',
      ],
    })
    expect(JSON.stringify(result)).not.toContain('secret-word')
  })

  test('that are no SSH, or have no host, are skipped by name', () => {
    const text = registry(
      block('switch', '"HostName"="10.0.0.9"', '"Protocol"="telnet"'),
      block('console', '"HostName"=""', '"Protocol"="serial"', '"SerialLine"="COM1"'),
      block('empty', '"Protocol"="ssh"'),
      block('odd', 'nonsense', '"HostName"="a b"'),
    )
    expect(read(text)).toEqual({
      format: 'putty',
      items: [],
      skipped: ['switch | protocol | telnet', 'console | protocol | serial', 'empty | no-host', 'odd | host | a b'],
    })
  })
})
