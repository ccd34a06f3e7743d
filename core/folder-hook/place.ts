import { type HookShell, hookShell } from '../../contract/models/folder-hook.ts'
import { readWhole } from '../editor/read.ts'
import type { Channel } from '../files/channels.ts'
import { isMissing } from '../files/failures.ts'
import { quote } from '../jobs/quote.ts'
import { isUserError, UserError } from '../user-error.ts'

export interface HookPlace {
  readonly shell: HookShell
  readonly file: string
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
const SCRIPT = 'printf "%s\\0" "$SHELL" "$HOME" "${ZDOTDIR-}" "${XDG_CONFIG_HOME-}"'

/** Which shell the login has, and which of its files it reads; undefined where it is another one, or where no command may run. */
export async function findHookPlace(channel: Channel): Promise<HookPlace | undefined> {
  if (!channel.connection) return undefined
  const { output } = await channel.connection.run(quote(['sh', '-c', SCRIPT])).catch((error) => {
    if (isUserError(error, 'SHELL_REFUSED')) return { output: '' }
    throw error
  })
  const place = placeOf(output)
  return place?.shell === 'bash' ? { shell: 'bash', file: await bashFile(channel, place.home) } : place
}

/** Pure. What a host says is a path or nothing. */
export function placeOf(output: string): (HookPlace & { readonly home: string }) | undefined {
  const [program = '', home = '', zsh = '', config = ''] = output.split('\0')
  const shell = hookShell.safeParse(program.slice(program.lastIndexOf('/') + 1)).data
  if (!shell || !home.startsWith('/')) return undefined
  const folder = (told: string, usual: string) => (told.startsWith('/') ? told : usual)
  const files: Readonly<Record<HookShell, string>> = {
    bash: `${home}/.bashrc`,
    zsh: `${folder(zsh, home)}/.zshrc`,
    fish: `${folder(config, `${home}/.config`)}/fish/conf.d/mooring.fish`,
  }
  return { shell, home, file: files[shell] }
}

/** What a login shell of bash's reads is the first of these alone, which usually reads `.bashrc`. */
async function bashFile(channel: Channel, home: string): Promise<string> {
  for (const name of ['.bash_profile', '.bash_login', '.profile']) {
    const text = await readOwn(channel, `${home}/${name}`)
    if (text !== undefined) return text.includes('bashrc') ? `${home}/.bashrc` : `${home}/${name}`
  }
  return `${home}/.bash_profile`
}

/** Larger than anybody writes. */
const MOST_BYTES = 1024 * 1024

/** Byte for byte; undefined where there is none. */
export async function readOwn(channel: Channel, path: string): Promise<string | undefined> {
  const file = await readWhole(channel, path, MOST_BYTES).catch((error) => {
    if (error instanceof UserError && isMissing(error.cause)) return undefined
    throw error
  })
  return file?.bytes.toString('latin1')
}
