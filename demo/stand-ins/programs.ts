import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projects } from './projects.ts'
import { systemctlStandIn } from './systemctl.ts'

/**
 * A practice machine has this computer's programs, and before them in its PATH those that would change this computer or that it lacks:
 * sudo and package managers, which refuse; systemctl, for services of the login alone; git, which knows the practice projects and is
 * otherwise this computer's own.
 */
export async function writePrograms(folder: string): Promise<{ readonly bin: string }> {
  const [bin, repositories] = [join(folder, 'bin'), join(folder, 'projects')]
  await mkdir(bin, { recursive: true })
  for (const [name, files] of Object.entries(projects)) {
    await mkdir(join(repositories, name), { recursive: true })
    for (const [file, text] of Object.entries(files)) await writeFile(join(repositories, name, file), text)
  }
  const systemctl = systemctlStandIn({ system: false })
  const programs: Record<string, string> = { systemctl, journalctl: systemctl, sudo: SUDO, git: git(repositories) }
  for (const name of MANAGERS) programs[name] = MANAGER
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), text)
    await chmod(join(bin, name), 0o755)
  }
  return { bin }
}

const MANAGERS = ['apt-get', 'apt', 'dnf', 'yum', 'zypper', 'apk', 'pacman', 'pkg', 'systemd-run', 'loginctl']

const SUDO = `#!/bin/sh
echo "sudo: a practice machine has this computer's programs, and may not change them" >&2
exit 1
`
const MANAGER = `#!/bin/sh
echo "$(basename "$0"): a practice machine has this computer's programs; nothing is installed here" >&2
exit 1
`

/** Of the practice projects' addresses it knows `clone` and `rev-parse`. */
function git(repositories: string): string {
  return `#!/bin/sh
# A stand-in for git where the practice projects are concerned; otherwise this computer's own.
projects='${repositories.replaceAll("'", String.raw`'\''`)}'
${GIT}`
}

const GIT = String.raw`
own=$(cd "$(dirname "$0")" && pwd)
if [ "$1" = clone ]; then
  for last; do before=$address address=$last; done
  case $before in
    https://git.practice.example/*)
      name=${'${'}before##*/} name=${'${'}name%.git}
      [ -d "$projects/$name" ] || { echo "fatal: repository '$before' not found" >&2; exit 128; }
      echo "Cloning into '$address'..." >&2
      cp -R "$projects/$name" "$address" && printf '%s\n' "$name" > "$address/.practice-project"
      exit ;;
  esac
fi
if [ "$1" = -C ] && [ "$3" = rev-parse ] && [ -f "$2/.practice-project" ]; then
  cat "$2"/*.* | cksum | awk '{ printf "%08x%032x\n", $1, $2 }'
  exit
fi
IFS=:
for folder in $PATH; do
  [ "$folder" != "$own" ] && [ -x "$folder/git" ] && { unset IFS; exec "$folder/git" "$@"; }
done
echo "git: not found on this computer; a practice machine has its own for https://git.practice.example/ alone" >&2
exit 127
`
