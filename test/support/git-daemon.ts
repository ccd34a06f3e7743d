import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './sshd.ts'

export interface GitRepository {
  /** `git://127.0.0.1:<port>/project` */
  readonly address: string
  /** Commits files; returns the commit. */
  commit(files: Readonly<Record<string, string>>): string
  stop(): Promise<void>
}

/** A real repository, served by git's own server. */
export async function serveGit(): Promise<GitRepository> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-git-'))
  const project = join(folder, 'project')
  mkdirSync(project)
  const git = (...argv: string[]) =>
    execFileSync('git', ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', ...argv], {
      cwd: project,
      encoding: 'utf8',
    }).trim()
  git('init', '--quiet', '--initial-branch=main')
  const port = await freePort()
  const server: ChildProcess = spawn(
    'git',
    ['daemon', '--export-all', '--reuseaddr', '--listen=127.0.0.1', `--port=${port}`, `--base-path=${folder}`, folder],
    { stdio: 'ignore' },
  )
  const onExit = () => server.kill()
  process.once('exit', onExit)
  await listens(port)
  return {
    address: `git://127.0.0.1:${port}/project`,
    commit(files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(project, path)), { recursive: true })
        writeFileSync(join(project, path), text)
      }
      git('add', '--all')
      git('commit', '--quiet', '-m', 'Change')
      return git('rev-parse', 'HEAD')
    },
    async stop() {
      process.off('exit', onExit)
      const gone = new Promise((resolve) => server.once('exit', resolve))
      if (server.kill()) await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function listens(port: number): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const socket = connect({ port, host: '127.0.0.1' })
      socket.once('connect', () => {
        socket.destroy()
        resolve()
      })
      socket.once('error', () => setTimeout(look, 20))
    }
    look()
  })
}
