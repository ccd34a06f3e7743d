/**
 * What a script of ours says: lines `mooring:<name>=<value>`. Whatever else stands there is of the login's own files or the programs', and
 * no news.
 */
export function saidLines(output: string): readonly (readonly [name: string, value: string])[] {
  return output.split('\n').flatMap((line) => {
    const [, name, value] = /^mooring:([a-z-]+)=(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
}

/** For the beginning of a script. */
export const SAY = String.raw`say() { printf 'mooring:%s=%s\n' "$1" "$2"; }
`
