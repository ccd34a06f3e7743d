import { SAY } from '../jobs/said.ts'
import { COLUMNS } from './disks.ts'

const ROOT = `
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
folder=$HOME/.mooring/backups/$1
`

/** Whether a disk could be mounted here. Changes nothing. */
export const CHECK = `${SAY}${ROOT}${String.raw`
for program in lsblk blkid mountpoint; do command -v "$program" >/dev/null 2>&1 || { say lacks "$program"; exit 0; }; done
root true || { say lacks root; exit 1; }
`}`

/** Every block device, and the file systems on them. Changes nothing; blkid ends with 2 where there are none. */
export const LOOK = `${ROOT}root lsblk -Ppb -o ${COLUMNS} || exit
root blkid -c /dev/null || [ $? = 2 ]
`

/** Arguments: the volume, the device, its file system, the options. The same again is the same. Says the folder. */
export const MOUNT = `${SAY}${ROOT}${String.raw`
umask 077
mkdir -p "$folder" || exit
mountpoint -q "$folder" || root mount -t "$3" -o "$4" "$2" "$folder" || { code=$?; rmdir "$folder"; exit "$code"; }
say folder "$folder"
`}`

/** Argument: the volume. What is not mounted is well. Says who still uses it: only the login's own processes can be seen. */
export const UNMOUNT = `${SAY}${ROOT}${String.raw`
cd /
if mountpoint -q "$folder"; then
  root umount "$folder" || {
    code=$?
    for process in /proc/[0-9]*; do
      for link in "$process/cwd" "$process"/fd/*; do
        case $(readlink "$link" 2>/dev/null) in
          "$folder" | "$folder"/*) say user "$(cat "$process/comm" 2>/dev/null) (${'$'}{process#/proc/})"; break ;;
        esac
      done
    done
    exit "$code"
  }
fi
rmdir "$folder" "$HOME/.mooring/backups" 2>/dev/null
:
`}`
