import type { HookShell } from '../../contract/models/folder-hook.ts'

/**
 * What each shell runs before it asks for a command: OSC 7 with the folder, what is not plain in it percent-encoded byte by byte. Nothing
 * here depends on the host or the person. Bash's may stand in a `.profile`, which other shells read too: they have to be able to parse it.
 */
export const HOOK_LINES: Readonly<Record<HookShell, string>> = {
  bash: shell`if [ -n "\${BASH_VERSION-}" ]; then
  __mooring_folder() {
    local LC_ALL=C rest="$PWD" folder= byte
    while [ -n "$rest" ]; do
      byte="\${rest%"\${rest#?}"}"
      rest="\${rest#?}"
      case "$byte" in
        [a-zA-Z0-9/._~-]) ;;
        *) printf -v byte %d "'$byte"; printf -v byte %%%02X "$((byte & 255))" ;;
      esac
      folder="$folder$byte"
    done
    printf '\033]7;file://%s%s\033\\' "$HOSTNAME" "$folder"
  }
  case "\${PROMPT_COMMAND-}" in
    *__mooring_folder*) ;;
    *) PROMPT_COMMAND="\${PROMPT_COMMAND:+$PROMPT_COMMAND
}__mooring_folder" ;;
  esac
fi
`,
  zsh: shell`__mooring_folder() {
  emulate -L zsh
  setopt extendedglob no_multibyte
  local LC_ALL=C MATCH MBEGIN MEND
  printf '\033]7;file://%s%s\033\\' "$HOST" "\${PWD//(#m)[^a-zA-Z0-9\/._~-]/%\${(l:2::0:)$(( [##16] #MATCH ))}}"
}
autoload -Uz add-zsh-hook
add-zsh-hook precmd __mooring_folder
`,
  fish: shell`if status is-interactive
    function __mooring_folder --on-event fish_prompt
        printf '\033]7;file://%s%s\033\\' $hostname (string escape --style=url -- $PWD)
    end
end
`,
}

/** As it stands, but for the backslash that keeps JavaScript from reading the shell's own braces. */
function shell({ raw }: TemplateStringsArray): string {
  return raw.join('').replaceAll('\\${', '${')
}
