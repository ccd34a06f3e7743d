import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ConnectChoices } from '../../../contract/models/terminal.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-x11-'))
const far = join(folder, 'far')
const cookie = '00112233445566778899aabbccddeeff'
const shell = [`SetEnv HOME=${far} PATH=${process.env.PATH}`, "ForceCommand PS1='ready> ' exec /bin/sh"]
let xvfb: ChildProcess
let display: string
let willing: KnownHost
let unwilling: KnownHost
let core: TestCore

beforeAll(async () => {
  mkdirSync(far)
  // The server looks at the cookies alone, a client at the display's number as well.
  execFileSync('xauth', ['-q', '-f', join(folder, 'server'), 'add', ':99', '.', cookie], { stdio: 'ignore' })
  xvfb = spawn('Xvfb', ['-displayfd', '1', '-auth', join(folder, 'server'), '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const number = await new Promise<string>((resolve) => xvfb.stdout?.once('data', (said) => resolve(String(said).trim())))
  display = `:${number}`
  execFileSync('xauth', ['-q', '-f', join(folder, 'client'), 'add', display, '.', cookie], { stdio: 'ignore' })
  willing = await startKnownHost({ config: ['X11Forwarding yes', 'X11UseLocalhost yes', ...shell] })
  unwilling = await startKnownHost({ config: ['X11Forwarding no', ...shell] })
})
afterAll(async () => {
  xvfb.kill()
  await Promise.all([willing.remove(), unwilling.remove()])
  rmSync(folder, { recursive: true, force: true })
})
afterEach(() => core.close())

async function open(host: KnownHost, extras: ConnectChoices, environment: Record<string, string> = {}) {
  core = await startCore(host.home, { DISPLAY: display, XAUTHORITY: join(folder, 'client'), ...environment })
  const target = { ...host.target, choices: { ...host.target.choices, ...extras } }
  const { id } = await core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  const terminal = core.attach(id)
  await terminal.until('ready> ')
  return { terminal, state: await core.terminal(id, ({ phase }) => phase.kind === 'open') }
}

test('a program there shows its windows here, where that was asked for', async () => {
  const { terminal, state } = await open(willing, { forwardX11: true })
  expect(state.x11).toBe('on')
  terminal.send('xdpyinfo | head -2; echo end-$((1+1))\r')
  expect(await terminal.until('end-2')).toMatch(/name of display: +localhost:\d+\.0\r\nversion number: +11\.0/)
})

test('only who shows the cookie of this connection gets through, whatever the real one is', async () => {
  const { terminal } = await open(willing, { forwardX11: true })
  const shown = 'xauth -q list | grep -c '
  terminal.send(`${shown}${cookie}; xauth -q add $DISPLAY . ${cookie}; xdpyinfo; echo end-$((1+1))\r`)
  const said = await terminal.until('end-2')
  expect(said).toMatch(/\r\n0\r\n/)
  expect(said).toMatch(/unable to open display|Invalid MIT-MAGIC-COOKIE|can't open/i)
  expect(said).not.toContain('version number')
})

test('nobody gets a display who did not ask for it', async () => {
  const { terminal, state } = await open(willing, {})
  terminal.send('echo "<$DISPLAY>"\r')
  await terminal.until('<>')
  expect(state.x11).toBeUndefined()
})

test('ForwardX11 of ssh_config asks for it, and the person’s own choice counts before', async () => {
  appendFileSync(join(willing.home, '.ssh', 'config'), 'Host 127.0.0.1\n  ForwardX11 yes\n')
  expect((await open(willing, {})).state.x11).toBe('on')
  await core.close()
  expect((await open(willing, { forwardX11: false })).state.x11).toBeUndefined()
})

test('ForwardX11Trusted no, which is not followed, is named, and no program there gets at the windows here', async () => {
  writeFileSync(join(willing.home, '.ssh', 'config'), 'Host 127.0.0.1\n  ForwardX11 yes\n  ForwardX11Trusted no\n')
  const { state } = await open(willing, {})
  expect(state.x11).toBeUndefined()
  expect(state.trace).toContainEqual(
    expect.objectContaining({ step: 'not-followed', params: expect.objectContaining({ line: '3', directive: 'forwardx11trusted' }) }),
  )
  await core.close()
  expect((await open(willing, { forwardX11: true })).state.x11).toBe('on')
})

test('a host that forbids it, and a computer without a display, are told; the shell is there all the same', async () => {
  expect((await open(unwilling, { forwardX11: true })).state.x11).toBe('refused')
  await core.close()
  expect((await open(unwilling, { forwardX11: true }, { DISPLAY: '' })).state.x11).toBe('no-display')
})
