import type { FleetHost } from '../../contract/models/fleet.ts'
import { SAY, saidLines } from '../jobs/said.ts'
import { parseUpdates } from '../updates/check.ts'
import { CHECK, UPDATE } from '../updates/scripts.ts'

/**
 * Security updates alone, for AWS-RunShellScript: what is pending, the update, and what is pending then. Run Command keeps 24,000
 * characters, so of what the package manager prints only the end is passed on.
 */
export const SECURITY_BY_AGENT = `${SAY}${String.raw`
check() (
`}${CHECK}${String.raw`
)
update() (
`}${UPDATE}${String.raw`
)
before=$(check)
manager=$(printf '%s\n' "$before" | sed -n 's/^mooring:manager=//p')
names=
[ "$manager" = apt-get ] && names=$(printf '%s\n' "$before" | sed -n 's/^mooring:list=Inst \([^ ]*\) .*[Ss]ecurity.*/\1/p')
printed=$(mktemp) || exit
update "$manager" security $names >"$printed" 2>&1
code=$?
tail -c 4000 "$printed"
rm -f "$printed"
echo
say before "$(printf '%s\n' "$before" | grep -c '^mooring:list=')"
check
say end yes
exit "$code"
`}`

/** The numbers, where all of it came. */
export function readSecurityByAgent(host: string, output: string): Pick<FleetHost, 'pending' | 'security' | 'installed' | 'restart'> {
  const lines = saidLines(output)
  const before = Number(lines.find(([name]) => name === 'before')?.[1])
  if (!lines.some(([name]) => name === 'end') || !Number.isInteger(before)) return {}
  const { pending, restart } = parseUpdates(host, output)
  return {
    pending: pending.length,
    security: pending.filter((each) => each.security).length,
    installed: Math.max(0, before - lines.filter(([name]) => name === 'list').length),
    restart: restart.needed,
  }
}

/** What is for people to read. */
export function withoutSaid(output: string): string {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('mooring:'))
    .join('\n')
    .trimEnd()
}
