/** What AWS-RunPatchBaseline reports of a machine. */
export interface PatchState {
  readonly operation: 'Scan' | 'Install'
  readonly at: Date
  readonly missing: number
  readonly security: number
  readonly installed: number
  /** Installed without the restart after it. */
  readonly pendingReboot: number
  readonly failed: number
  /** By this operation. */
  readonly justInstalled: number
}

/** What the document does on a Debian: `operation` is set before it. The machine's own apt-get is asked, and does it. */
export const PATCH = String.raw`
listed() { apt-get -s -q upgrade 2>/dev/null | sed -n "s/^Inst \([^ ]*\) .*/$1 \1/p"; }
urgent() { apt-get -s -q upgrade 2>/dev/null | grep '^Inst ' | grep -ci security; }
echo "Running AWS-RunPatchBaseline, operation $operation"
apt-get -q update || exit
listed Before
code=0
if [ "$operation" = Install ]; then apt-get -q -y upgrade; code=$?; fi
listed Missing
echo "Security $(urgent)"
exit $code
`

/** From what it printed; nothing where it never came to counting. */
export function countPatches(
  output: string,
  { operation, reboots }: { readonly operation: 'Scan' | 'Install'; readonly reboots: boolean },
  before: PatchState | undefined,
): PatchState | undefined {
  const security = /^Security (\d+)$/m.exec(output)?.[1]
  if (security === undefined) return undefined
  const count = (word: string) => [...output.matchAll(new RegExp(`^${word} \\S+$`, 'gm'))].length
  const missing = count('Missing')
  const justInstalled = Math.max(0, count('Before') - missing)
  const [wasInstalled, wasPending] = [before?.installed ?? INSTALLED, before?.pendingReboot ?? 0]
  const restarts = operation === 'Install' && reboots && justInstalled > 0
  return {
    operation,
    at: new Date(),
    missing,
    security: Number(security),
    installed: restarts ? wasInstalled + wasPending + justInstalled : wasInstalled,
    pendingReboot: restarts ? 0 : wasPending + justInstalled,
    failed: operation === 'Install' ? missing : 0,
    justInstalled,
  }
}

/** As many as a fresh Debian has of what its baseline names. */
const INSTALLED = 412
