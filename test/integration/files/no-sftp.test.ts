import { chmodSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { refusal, startFilesHost } from './host.ts'

/** What a host says where files cannot be had. */
async function failureWith(options: Parameters<typeof startFilesHost>[0]) {
  const at = await startFilesHost(options)
  try {
    return await refusal(at.core.client.files.list({ terminalId: await at.openTerminal() }))
  } finally {
    await at.close()
  }
}

test('a server that has no SFTP and runs no command is said to give no files', async () => {
  expect(await failureWith({ sftp: '/nonexistent/sftp-server', command: 'exit 1' })).toEqual({
    code: 'FILES_UNAVAILABLE',
    details: { host: '127.0.0.1', problem: 'no-sftp' },
  })
})

test('a connection that takes no further channel is said to be full', async () => {
  expect(await failureWith({ config: ['MaxSessions 1'] })).toEqual({
    code: 'FILES_UNAVAILABLE',
    details: { host: '127.0.0.1', problem: 'full' },
  })
})

test('login files that print something in front of SFTP are said to garble it', async () => {
  const program = join(tmpdir(), `mooring-noise-${process.pid}`)
  writeFileSync(program, '#!/bin/sh\necho Welcome to this host, dear user\nexec /usr/lib/openssh/sftp-server\n')
  chmodSync(program, 0o755)
  expect(await failureWith({ sftp: program })).toEqual({
    code: 'FILES_BROKEN',
    details: { host: '127.0.0.1', problem: 'garbled' },
  })
})
