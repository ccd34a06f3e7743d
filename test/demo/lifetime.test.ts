import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { startPracticeCloud } from '../../demo/start.ts'
import { connect, output } from './practice.ts'

describe('the life of a practice cloud', () => {
  it('keeps everything in a private folder of its own, and takes it away at the end', async () => {
    const cloud = await startPracticeCloud()
    const folder = dirname(cloud.sshConfigFile)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    expect([cloud.awsConfigFile, cloud.awsCredentialsFile, cloud.keyFolder].every((file) => file.startsWith(folder))).toBe(true)
    await cloud.stop()
    await expect(access(folder)).rejects.toThrow('ENOENT')
  })

  it('can run twice at once, with keys of their own and the same hosts', async () => {
    const [one, two] = await Promise.all([startPracticeCloud(), startPracticeCloud()])
    const [keyOne, keyTwo] = await Promise.all([one, two].map(({ keyFolder }) => readFile(`${keyFolder}/practice.pem`, 'utf8')))
    expect(keyOne).not.toBe(keyTwo)
    const [hostOne, hostTwo] = await Promise.all([one, two].map(({ sshConfigFile }) => hostKey(sshConfigFile)))
    expect(hostOne).toMatch(/^ssh-ed25519 AAAA/)
    expect(hostOne).toBe(hostTwo)
    await Promise.all([one.stop(), two.stop()])
  })

  it('ends and tidies up when its parent is killed', async () => {
    const start = fileURLToPath(new URL('../../demo/start.ts', import.meta.url))
    const script = `import { startPracticeCloud } from ${JSON.stringify(start)}; console.log((await startPracticeCloud()).sshConfigFile)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script])
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const folder = dirname(line.toString().trim())
    await access(folder)
    parent.kill('SIGKILL')
    while (
      await access(folder).then(
        () => true,
        () => false,
      )
    ) {
      await pause(20)
    }
  })

  it('needs no more crypto than Electron has', async () => {
    vi.stubEnv('NODE_OPTIONS', `--import=${new URL('../support/boringssl.ts', import.meta.url).href}`)
    const cloud = await startPracticeCloud()
    vi.unstubAllEnvs()
    const client = await connect({ cloud })
    const uname = await new Promise<string>((resolve, reject) =>
      client.exec('uname -a', (error, channel) =>
        error ? reject(error) : channel.once('data', (data: Buffer) => resolve(data.toString())),
      ),
    )
    expect(uname.trim()).toBe(await output('uname', ['-a']))
    client.end()
    await cloud.stop()
  })

  it('says why it could not start', async () => {
    const entry = fileURLToPath(new URL('./no-such-entry.ts', import.meta.url))
    await expect(startPracticeCloud({ entry })).rejects.toThrow(/no-such-entry/)
  })
})

async function hostKey(sshConfigFile: string): Promise<string> {
  const [, port = ''] = /Host 203\.0\.113\.10 .*\n.*\n\s*Port (\d+)/.exec(await readFile(sshConfigFile, 'utf8')) ?? []
  return (await output('ssh-keyscan', ['-t', 'ed25519', '-p', port, '127.0.0.1'])).split(' ').slice(1).join(' ')
}
