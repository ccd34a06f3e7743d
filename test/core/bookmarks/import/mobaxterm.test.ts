import { describe, expect, test } from 'vitest'
import { read } from './read.ts'

const terminal = 'MobaFont%10%0%0%-1%15%236,236,236%30,30,30%180,180,192%0%-1%0%%xterm%-1%0%_Std_Colors_0_%80%24%0%1%-1%<none>%%0%0%-1'
const session = (fields: string, comment = '', icon = 109) => `#${icon}#${fields}#${terminal}#0#${comment}#-1`

describe('sessions of MobaXterm', () => {
  test('of a .mxtsessions stand in their folders, with user, port, key and comment', () => {
    const text = [
      '[Bookmarks]',
      'SubRep=',
      'ImgNum=42',
      `router=${session('0%10.0.0.1%2222%admin%%-1%-1%%%%%0%0%0%%%-1%0%0%0%%1080%%0%0%1')}`,
      '[Bookmarks_1]',
      'SubRep=Course\\Lab',
      'ImgNum=41',
      `web-1=${session('0%ec2-198-51-100-7.compute.amazonaws.com%22%ubuntu%%-1%-1%%%%%0%0%0%_CurrentDrive_:\\keys\\course.pem%%-1%0%0%0%%1080%%0%0%1', 'first __DIEZE__1')}`,
      `db-1=${session('0%10.0.0.5%22%%%-1%-1%%%%%0%0%0%_ProfileDir_\\.ssh\\db.pem%%-1')}`,
    ].join('\r\n')
    expect(read(text)).toEqual({
      format: 'mobaxterm',
      items: [
        'router | admin@10.0.0.1:2222',
        'Course/Lab/web-1 | ubuntu@ec2-198-51-100-7.compute.amazonaws.com | key C:\\keys\\course.pem | notes first #1',
        'Course/Lab/db-1 | 10.0.0.5 | key ~\\.ssh\\db.pem',
      ],
    })
  })

  test('keep their gateways and proxies', () => {
    const text = [
      '[Bookmarks]',
      `two hops=${session('0%10.9.0.4%22%me%%-1%-1%%bastion.example.org__PIPE__10.1.0.9%22__PIPE__2200%ec2-user__PIPE__ubuntu%0%0%0%%%-1')}`,
      `socks=${session('0%10.9.0.5%22%me%%-1%-1%%%%%0%0%0%%%-1%0%0%2%proxy.example.org%1080%bob%0%0%1')}`,
      `both=${session('0%10.9.0.6%22%me%%-1%-1%%gate%22%%0%0%0%%%-1%0%0%3%proxy.example.org%3128%%0%0%1')}`,
      `telnet proxy=${session('0%10.9.0.7%22%me%%-1%-1%%%%%0%0%0%%%-1%0%0%4%proxy.example.org%23%%0%0%1')}`,
    ].join('\n')
    expect(read(text)).toEqual({
      format: 'mobaxterm',
      items: [
        'two hops | me@10.9.0.4 | via ec2-user@bastion.example.org,ubuntu@10.1.0.9:2200',
        'socks | me@10.9.0.5 | via socks5://bob@proxy.example.org:1080',
        'both | me@10.9.0.6 | via gate | without proxy',
        'telnet proxy | me@10.9.0.7 | without proxy',
      ],
    })
  })

  test('are told by their type, not by their icon, which versions number differently', () => {
    const text = [
      '[Bookmarks]',
      `new=${session('0%a.example.org%22%me', '', 110)}`,
      `files=${session('7%b.example.org%22%me%-1', '', 140)}`,
      `desktop=${session('4%c.example.org%3389%Administrator', '', 109)}`,
      `wsl=${session('14%Ubuntu', '', 109)}`,
    ].join('\n')
    expect(read(text)).toEqual({
      format: 'mobaxterm',
      items: ['new | me@a.example.org', 'files | me@b.example.org'],
      skipped: ['desktop | protocol | RDP', 'wsl | protocol | WSL'],
    })
  })

  test('of an ini among everything else it holds; stored logins and passwords stay behind', () => {
    const text = [
      '[Misc]',
      'Version=25.1',
      '[Passwords]',
      'me@10.0.0.8=c2VjcmV0LXZhbHVl',
      '[Bookmarks_2]',
      'SubRep=Prod',
      `stored=${session('0%10.0.0.8%22%[prod login]%%-1%-1%tmux attach%%%%0%0%0%_MobaPrivateFolder_\\k.pem%%-1')}`,
      `default=${session('0%10.0.0.9%22%<default>')}`,
      '[Colors]',
      'Black=0,0,0',
    ].join('\r\n')
    const result = read(text)
    expect(result).toEqual({
      format: 'mobaxterm',
      items: ['Prod/stored | 10.0.0.8 | without credential, key-path, command', 'Prod/default | 10.0.0.9'],
    })
    expect(JSON.stringify(result)).not.toContain('c2VjcmV0')
  })

  test('that are cut short or broken are named, and hide nothing else', () => {
    const text =
      '[Bookmarks]\nSubRep=\ncut=#109#0%10.0.0.1\nbroken=nonsense\nno host=#109#0%%22%me#\nbad port=#109#0%h%99999%me#\nlast=#109#0%10.0.0.2%22%me#'
    expect(read(text)).toEqual({
      format: 'mobaxterm',
      items: ['cut | 10.0.0.1', 'last | me@10.0.0.2'],
      skipped: ['broken | broken | nonsense', 'no host | no-host', 'bad port | port | 99999'],
    })
  })

  test('in an old code page are read in it', () => {
    expect(read(Buffer.from(`[Bookmarks]\nSubRep=B\xfcro\nM\xfcnchen=${session('0%10.0.0.1%22%me')}`, 'latin1'))).toEqual({
      format: 'mobaxterm',
      items: ['Büro/München | me@10.0.0.1'],
    })
  })
})
