/** needrestart's batch output, `dnf needs-restarting`, and Debian's file: whether the machine should restart, and which services should. */
export function parseRestart({ needrestart, services, required }: { needrestart: string; services: string; required: boolean }): {
  needed: boolean
  services: string[]
} {
  // needrestart(1): 1 is current, 2 an update that does not change the ABI, 3 another version.
  const kernel = Number(/^NEEDRESTART-KSTA: (\d)/m.exec(needrestart)?.[1] ?? 1)
  const named = [...needrestart.matchAll(/^NEEDRESTART-SVC: (\S+)/gm), ...services.matchAll(/^(\S+\.service)\s*$/gm)].map(
    ([, name]) => name,
  )
  const fine = named.filter((name): name is string => name !== undefined && /^[\w@:.\\-]{1,200}$/.test(name))
  return { needed: required || kernel > 1, services: [...new Set(fine)].sort().slice(0, 200) }
}
