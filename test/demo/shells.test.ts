import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ClientChannel } from 'ssh2'
import { describe, expect, it } from 'vitest'
import { mendRekeying } from '../../demo/ssh/rekeying.ts'
import { connect, output, run, ssh, sshArguments, usePractice } from './practice.ts'

// Of the client here.
mendRekeying()
const practice = usePractice()
const web = 'ubuntu@203.0.113.10'

describe('a machine of the practice cloud, entered with OpenSSH', () => {
  it.each([
    ['web-1', 'practice', web],
    ['web-1 by its public name', 'practice', 'ubuntu@ec2-203-0-113-10.compute-1.amazonaws.com'],
    ['web-1 by its IPv6 address', 'practice', 'ubuntu@2001:db8:20:1::10'],
    ['web-2', 'practice-rsa', 'ec2-user@203.0.113.11'],
    ['db-primary', 'practice-rsa', 'admin@203.0.113.20'],
    ['build-agent', 'practice', 'builder@203.0.113.50'],
    ['staging', 'practice', 'ubuntu@203.0.113.110'],
    ['legacy-app', 'practice-rsa', 'ubuntu@198.51.100.10'],
    ['sensor-hub', 'practice', 'ubuntu@198.51.100.11'],
  ])('lets the right user with the right key into %s', async (_name, key, target) => {
    const user = target.split('@')[0]
    expect(await ssh(practice, key, target, 'uname -a; echo "$USER $LOGNAME"; basename "$HOME"')).toEqual({
      code: 0,
      out: `${await output('uname', ['-a'])}\n${user} ${user}\n${user}\n`,
      err: '',
    })
  })

  it.each([
    ['another user', 'practice', 'admin@203.0.113.10'],
    ['another key', 'practice-rsa', web],
    ['a key pair that the person does not have', 'practice', 'admin@203.0.113.112'],
  ])('refuses %s', async (_what, key, target) => {
    const refused = await ssh(practice, key, target, 'true')
    expect(refused).toMatchObject({ code: 255, err: expect.stringContaining('Permission denied (publickey)') })
  })

  it('tells root whom to log in as', async () => {
    expect(await ssh(practice, 'practice', 'root@203.0.113.10', 'id')).toMatchObject({
      code: 142,
      out: expect.stringContaining('Please login as the user "ubuntu" rather than the user "root".'),
    })
  })

  it('neither answers nor refuses where the security group lets no SSH in, and after an address is gone', async () => {
    const addresses = ['203.0.113.111', '203.0.113.30', '203.0.113.160', '10.20.2.40']
    const results = addresses.map((address) => ssh(practice, 'practice', '-o', 'ConnectTimeout=1', `ubuntu@${address}`, 'true'))
    for (const result of await Promise.all(results)) expect(result).toMatchObject({ code: 255, err: expect.stringMatching(/timed out/) })
  })

  it('gives new keys as often as a client asks for them, also while a shell prints', async () => {
    const client = await connect(practice)
    const { _protocol } = client as unknown as { readonly _protocol: { rekey(): void } } // ssh2's client keeps it to itself
    const channel = await new Promise<ClientChannel>((resolve, reject) =>
      client.exec('yes "a line of many" | head -n 300000; echo end', (error, opened) => (error ? reject(error) : resolve(opened))),
    )
    let [length, exchanges] = [0, 0]
    client.on('handshake', () => {
      exchanges += 1
    })
    for await (const chunk of channel as AsyncIterable<Buffer>) {
      length += chunk.length
      _protocol.rekey()
    }
    expect(length).toBe(300_000 * 'a line of many\n'.length + 4)
    // How often depends on how fast the machine is; each one comes in the middle of what is printed.
    expect(exchanges).toBeGreaterThanOrEqual(3)
    client.end()
  })

  it('shows a prompt with user, machine and folder, and has the size, type and language of the terminal', async () => {
    const { cols, rows } = { cols: 101, rows: 37 }
    const terminal = await openShell({ cols, rows, term: 'xterm-256color' }, { LC_ALL: 'C.UTF-8', HIDDEN: 'no' })
    await terminal.see(/ubuntu@web-1\S*:\S*~\S*\$ $/)
    expect(await terminal.ask('stty size; echo $TERM $LC_ALL $HIDDEN')).toBe('37 101\r\nxterm-256color C.UTF-8\r\n')
    terminal.channel.setWindow(50, 132, 0, 0)
    expect(await terminal.ask('stty size')).toBe('50 132\r\n')
    expect(await terminal.ask('ls logs/app.log')).toBe('logs/app.log\r\n')
    expect(await terminal.ask('cd app && pwd | grep -c /home/ubuntu/app')).toBe('1\r\n')
    terminal.close()
  })

  it('ends with the status of the shell, of the command, or the signal', async () => {
    expect(await ssh(practice, 'practice', web, 'echo out; echo err >&2; exit 7')).toEqual({ code: 7, out: 'out\n', err: 'err\n' })
    const terminal = await openShell()
    const exit = new Promise((resolve) => terminal.channel.on('exit', (code) => resolve(code)))
    terminal.channel.write('exit 5\n')
    expect(await exit).toBe(5)
    terminal.close()
    const client = await connect(practice)
    const killed = await new Promise((resolve, reject) =>
      client.exec('kill -TERM $$', (error, channel) =>
        error ? reject(error) : channel.on('exit', (_code: number | null, signal: string) => resolve(signal)).resume(),
      ),
    )
    expect(killed).toBe('SIGTERM')
    client.end()
  })

  it('passes what is typed and what is printed unchanged, tens of megabytes each', async () => {
    const input = Buffer.alloc(20_000_000, 'practice ')
    const digest = await output('sh', ['-c', `yes 'practice ' | tr -d '\\n' | head -c ${input.length} | cksum`])
    expect((await run('ssh', [...sshArguments(practice, 'practice'), web, 'cksum'], input)).out.trim()).toBe(digest)
    const printed = await run('sh', [
      '-c',
      '"$@" | cksum',
      'sh',
      'ssh',
      ...sshArguments(practice, 'practice'),
      web,
      `head -c ${input.length} /dev/zero`,
    ])
    expect(printed.out.trim()).toBe(await output('sh', ['-c', `head -c ${input.length} /dev/zero | cksum`]))
  })

  it('holds a flood back while nobody reads, and loses nothing of it', async () => {
    const lines = 1_000_000
    const printed = join(dirname(practice.cloud.sshConfigFile), 'machines/i-0a41c7e92b5d3f801/home/ubuntu/printed')
    const terminal = await openShell()
    await terminal.see(/\$ $/)
    terminal.channel.pause()
    terminal.channel.write(`seq ${lines} | tee printed; exit\n`)
    expect(await sizeAtRest(printed)).toBeLessThan(6_000_000)
    const pieces: Buffer[] = []
    terminal.channel.on('data', (data: Buffer) => pieces.push(data))
    const closed = new Promise((resolve) => terminal.channel.on('close', resolve))
    terminal.channel.resume()
    await closed
    const numbers = Buffer.concat(pieces)
      .toString()
      .match(/(?<=\r)\d+(?=\r\n)|(?<=\n)\d+(?=\r\n)/g)
    expect({ count: numbers?.length, last: numbers?.at(-1) }).toEqual({ count: lines, last: String(lines) })
    terminal.close()
  })

  it('takes input only as fast as the program reads it', async () => {
    const terminal = await openShell()
    await terminal.see(/\$ $/)
    expect(await terminal.ask('stty raw -echo; echo re""ady; head -c 1000000 | wc -c; stty sane', Buffer.alloc(1_000_000, 'x'))).toContain(
      '1000000',
    )
    terminal.close()
  })

  it('goes on when somebody has removed the whole home folder', async () => {
    const target = 'builder@203.0.113.50'
    expect(await ssh(practice, 'practice', target, 'rm -rf "$HOME"')).toMatchObject({ code: 0 })
    await ssh(practice, 'practice', target, 'true')
    await ssh(practice, 'practice', '-tt', target, 'true')
    await ssh(practice, 'practice', '-s', target, 'sftp')
    expect(await ssh(practice, 'practice', web, 'echo alive')).toMatchObject({ code: 0, out: 'alive\n' })
  })

  it('ends what runs when the client goes', async () => {
    const child = spawn('ssh', [...sshArguments(practice, 'practice'), web, 'echo $$; sleep 1000'])
    const pid = await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())))
    child.kill('SIGKILL')
    await gone(Number(pid))
    const terminal = await openShell()
    await terminal.see(/\$ $/)
    const shell = Number((await terminal.ask('echo $$')).trim())
    terminal.close()
    await gone(shell)
  })
})

/** The size of a file that has stopped growing. */
async function sizeAtRest(file: string): Promise<number> {
  for (let before = 0; ; ) {
    await pause(300)
    const { size } = await stat(file).catch(() => ({ size: 0 }))
    if (size > 0 && size === before) return size
    before = size
  }
}

async function gone(pid: number) {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await pause(20)
  }
}

interface Terminal {
  readonly channel: ClientChannel
  /** Waits until all that was printed since the last question matches. */
  see(pattern: RegExp): Promise<string>
  /** What a command prints, without its own echo and the prompt; `input` is given to it once it has said `ready`. */
  ask(command: string, input?: Buffer): Promise<string>
  close(): void
}

async function openShell(size = { cols: 80, rows: 24, term: 'xterm' }, env: Record<string, string> = {}): Promise<Terminal> {
  const client = await connect(practice)
  const channel = await new Promise<ClientChannel>((resolve, reject) =>
    client.shell({ ...size, width: 0, height: 0 }, { env }, (error, opened) => (error ? reject(error) : resolve(opened))),
  )
  let text = ''
  let changed = () => {}
  channel.on('data', (data: Buffer) => {
    text += data.toString()
    changed()
  })
  async function see(pattern: RegExp): Promise<string> {
    while (!pattern.test(text)) {
      await new Promise<void>((resolve) => {
        changed = resolve
      })
    }
    return text
  }
  return {
    channel,
    see,
    async ask(command, input) {
      text = ''
      channel.write(`PS1=; bind 'set enable-bracketed-paste off' 2>/dev/null; stty -echo; echo b''egin; ${command}; echo e''nd\n`)
      if (input) {
        await see(/ready/)
        channel.write(input)
      }
      const all = await see(/begin\r?\n[\s\S]*end\r?\n/)
      return all.replace(/^[\s\S]*begin\r?\n/, '').replace(/end\r?\n[\s\S]*$/, '')
    },
    close: () => client.end(),
  }
}
