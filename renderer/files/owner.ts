/** What was typed for an owner: a number, or a name that the server told. SFTP takes numbers alone. */
export function numberFor(typed: string, names: Readonly<Record<string, string>>): number | undefined {
  const known = Object.entries(names).find(([, name]) => name === typed.trim())?.[0]
  const number = known ?? typed.trim()
  return /^\d{1,10}$/.test(number) && Number(number) <= 0xffff_ffff ? Number(number) : undefined
}
