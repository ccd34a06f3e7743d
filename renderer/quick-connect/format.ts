import type { Target } from '../../contract/models/terminal.ts'

/** The shortest text that `parseQuickConnect` reads as the same host, user and port. */
export function formatTarget(target: Target): string {
  const { user, port, via } = target.choices ?? {}
  const host = target.kind === 'host' ? target.host : target.ref.instanceId
  const address = port === undefined ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`
  if (via !== undefined) return `ssh -J ${via}${port === undefined ? '' : ` -p ${port}`} ${user === undefined ? '' : `${user}@`}${host}`
  const scheme = target.filesOnly ? 'sftp://' : ''
  return `${scheme}${user === undefined ? address : `${user}@${address}`}`
}
