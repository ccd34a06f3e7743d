import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DISK_PROGRAMS } from './disks.ts'
import { projects } from './projects.ts'
import { systemctlStandIn } from './systemctl.ts'

/**
 * A practice machine has this computer's programs, and before them in its PATH those that would change this computer or that it lacks:
 * sudo, which lets through nothing but them; mount and its like, for disks of backups; apt-get, which has three updates to practise on;
 * other package managers, which refuse; systemctl, for services of the login alone; git, which knows the practice projects and is otherwise
 * this computer's own.
 */
export async function writePrograms(folder: string): Promise<{ readonly bin: string }> {
  const [bin, repositories] = [join(folder, 'bin'), join(folder, 'projects')]
  await mkdir(bin, { recursive: true })
  for (const [name, files] of Object.entries(projects)) {
    await mkdir(join(repositories, name), { recursive: true })
    for (const [file, text] of Object.entries(files)) await writeFile(join(repositories, name, file), text)
  }
  const systemctl = systemctlStandIn({ system: false })
  const programs: Record<string, string> = {
    systemctl,
    journalctl: systemctl,
    sudo: SUDO,
    'apt-get': APT_GET,
    git: git(repositories),
    ...DISK_PROGRAMS,
  }
  for (const name of MANAGERS) programs[name] = MANAGER
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(bin, name), text)
    await chmod(join(bin, name), 0o755)
  }
  return { bin }
}

const MANAGERS = ['apt', 'dpkg', 'dnf', 'yum', 'zypper', 'apk', 'pacman', 'pkg', 'systemd-run', 'loginctl']

const SUDO = String.raw`#!/bin/sh
# A stand-in for sudo: for the stand-ins beside it.
own=$(cd "$(dirname "$0")" && pwd)
[ "$1" = -n ] && shift
[ "$1" = true ] && exit 0
[ "$1" = env ] && shift
while case $1 in [A-Z]*=*) : ;; *) false ;; esac; do export "$1"; shift; done
case $1 in apt-get | lsblk | blkid | mount | umount) name=$1; shift; exec "$own/$name" "$@" ;; esac
[ "$1" = dpkg ] && exit 0
echo "sudo: a practice machine has this computer's programs, and may not change them" >&2
exit 1
`
const MANAGER = `#!/bin/sh
echo "$(basename "$0"): a practice machine has this computer's programs; nothing is installed here" >&2
exit 1
`

const APT_GET = String.raw`#!/bin/sh
# A stand-in for apt-get: three updates that change nothing but what it says.
state=$HOME/.local/state/stand-in
mkdir -p "$state" && : >> "$state/updated"
libssl3='[3.0.11-1~deb12u2] (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])'
openssl='[3.0.11-1~deb12u2] (3.0.15-1~deb12u1 Debian-Security:12/stable-security [amd64])'
tzdata='[2024a-0+deb12u1] (2024b-0+deb12u1 Debian:12.8/stable [all])'
left() { for each in libssl3 openssl tzdata; do grep -qx "$each" "$state/updated" || echo "$each"; done; }
simulate= command= names=
for word; do
  case $word in
    -s) simulate=yes ;;
    update | upgrade | install) command=$word ;;
    -* | *=*) ;;
    *) names="$names $word" ;;
  esac
done
case $command in
  update) echo "Hit:1 https://deb.practice.example bookworm InRelease"; echo "Reading package lists..." ;;
  upgrade | install)
    [ "$command" = upgrade ] && names=$(left)
    for name in $names; do
      left | grep -qx "$name" || { echo "E: a practice machine has this computer's programs; $name is not installed here" >&2; exit 100; }
      eval "about=\$$name"
      if [ -n "$simulate" ]; then echo "Inst $name $about"; continue; fi
      echo "Unpacking $name ..."; sleep 1; echo "Setting up $name ..."
      echo "$name" >> "$state/updated"
    done ;;
  *) exit 100 ;;
esac
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
