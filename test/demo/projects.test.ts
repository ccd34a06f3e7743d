import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projects } from '../../demo/stand-ins/projects.ts'

it('a practice project listens for everybody, as on a machine of its own, and answers this computer alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-project-'))
  try {
    writeFileSync(join(folder, 'app.py'), projects['hello-web']?.['app.py'] ?? '')
    const ask = `
import app
class Socket:
    def getsockname(self): return ("192.0.2.1", 5000)
print([app.ThisComputerOnly.verify_request(None, Socket(), (address, 4000)) for address in ("127.0.0.1", "127.0.0.2", "192.0.2.1", "192.0.2.9")])
`
    expect(execFileSync('python3', ['-c', ask], { cwd: folder, encoding: 'utf8' })).toBe('[True, True, True, False]\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
