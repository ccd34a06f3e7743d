export interface TerminalOutput {
  readonly key: string
  readonly name: string
  readonly text: string
}
export interface OutputGroup {
  readonly text: string
  readonly members: readonly TerminalOutput[]
}

/** Those that show the same together, the commonest first; among as many, the one that comes first. Pure. */
export function groupOutputs(outputs: readonly TerminalOutput[]): readonly OutputGroup[] {
  const groups = Map.groupBy(outputs, ({ text }) => text)
  return [...groups].map(([text, members]) => ({ text, members })).sort((one, other) => other.members.length - one.members.length)
}
