import { z } from 'zod'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { SAY, saidLines } from '../jobs/said.ts'
import { UserError } from '../user-error.ts'
import { managers } from './packages.ts'

/** Data of the host's that gets into a unit's file, where systemd would take some characters for its own. */
const path = z
  .string()
  .max(500)
  .regex(/^\/[\w./-]*$/)
const facts = z.object({
  home: path,
  user: z.string().regex(/^[a-z_][\w.-]{0,63}$/i),
  root: z.enum(['yes', 'sudo', 'no']),
  services: z.enum(['system', 'user', 'none']),
  manager: z.enum(managers).optional(),
})
export type HostFacts = z.infer<typeof facts> & { readonly programs: readonly string[] }

export const PROGRAMS = ['git', 'python3', 'node', 'npm', 'pnpm', 'yarn', 'docker', 'go', 'java', 'mvn', 'gradle'] as const

/** As whom systemd is spoken to. `$mode` is `system` or `user`. */
export const SERVICES = String.raw`
sudo=; [ "$(id -u)" = 0 ] || sudo='sudo -n'
XDG_RUNTIME_DIR=${'${'}XDG_RUNTIME_DIR:-/run/user/$(id -u)}; export XDG_RUNTIME_DIR
sc() { if [ "$mode" = user ]; then systemctl --user "$@"; else $sudo systemctl "$@"; fi; }
jc() { if [ "$mode" = user ]; then journalctl --user "$@"; else $sudo journalctl "$@"; fi; }
`

export const FACTS = `${SAY}${SERVICES}${String.raw`
say home "$HOME"
say user "$(id -un)"
if [ "$(id -u)" = 0 ]; then root=yes; elif sudo -n true 2>/dev/null; then root=sudo; else root=no; fi
say root "$root"
services=none
mode=system; if [ "$root" != no ] && sc show -p Version >/dev/null 2>&1; then services=system; else
  mode=user; sc show -p Version >/dev/null 2>&1 && services=user
fi
say services "$services"
for manager in ${managers.join(' ')}; do command -v "$manager" >/dev/null 2>&1 && { say manager "$manager"; break; }; done
for program in ${PROGRAMS.join(' ')}; do command -v "$program" >/dev/null 2>&1 && say program "$program"; done
python3 -c 'import ensurepip, venv' 2>/dev/null && say program python3-venv
docker compose version >/dev/null 2>&1 && say program docker-compose
:
`}`

export async function readFacts(host: Host): Promise<HostFacts> {
  return parseFacts(host.name, expectWell(host.name, await host.run(FACTS)).output)
}

/** Throws UserError HOST_ANSWER_BROKEN. */
export function parseFacts(host: string, output: string): HostFacts {
  const lines = saidLines(output)
  const said = facts.safeParse(Object.fromEntries(lines.filter(([name]) => name !== 'program')))
  if (!said.success) throw new UserError('HOST_ANSWER_BROKEN', { host })
  const known = new Set<string>([...PROGRAMS, 'python3-venv', 'docker-compose'])
  return { ...said.data, programs: lines.filter(([name, value]) => name === 'program' && known.has(value)).map(([, value]) => value) }
}
