/**
 * Stand-ins for a kernel with disks: what the practice cloud has attached is a folder of files (demo/ssh/disks.ts), and to mount it is to
 * copy it, unwritable, to where it is wanted. Whatever is asked about anything else is this computer's own affair.
 */
const DISKS = `#!/bin/sh
# A stand-in for util-linux: for the disks that the practice cloud has attached.
disks=$HOME/../../disks name=$(basename "$0") own=$(cd "$(dirname "$0")" && pwd)
each() { for disk in "$disks"/vol*; do [ -d "$disk/tree" ] && "$@" "$disk" "/dev/practice/$(basename "$disk")"; done; }
itself() {
  IFS=:
  for folder in $PATH; do [ "$folder" != "$own" ] && [ -x "$folder/$name" ] && { unset IFS; exec "$folder/$name" "$@"; }; done
  echo "$name: not found on this computer" >&2; exit 127
}
`
export const DISK_PROGRAMS: Readonly<Record<string, string>> = {
  lsblk: `${DISKS}
[ "$1" = -Ppb ] || itself "$@"
show() {
  echo "NAME=\\"$2\\" PKNAME=\\"\\" TYPE=\\"disk\\" SIZE=\\"$(cat "$1/size")\\" SERIAL=\\"$(basename "$1")\\""
  echo "NAME=\\"$2p1\\" PKNAME=\\"$2\\" TYPE=\\"part\\" SIZE=\\"$(cat "$1/size")\\" SERIAL=\\"\\""
}
each show
:
`,
  blkid: `${DISKS}
[ "$1" = -c ] || itself "$@"
show() { echo "$2p1: LABEL=\\"root\\" UUID=\\"$(basename "$1")\\" TYPE=\\"ext4\\""; }
each show
:
`,
  mount: `${DISKS}
case $5 in
  /dev/practice/*)
    disk=$disks/$(basename "$5" p1)
    cp -R "$disk/tree/." "$6" && chmod -R a-w "$6" && printf %s "$6" > "$disk/mounted"; exit ;;
esac
itself "$@"
`,
  umount: `${DISKS}
unmount() { [ "$(cat "$1/mounted" 2>/dev/null)" = "$folder" ] && { chmod -R u+w "$folder"; rm -rf "$folder" "$1/mounted"; mkdir "$folder"; exit; }; }
folder=$1
each unmount
itself "$@"
`,
  mountpoint: `${DISKS}
is() { [ "$(cat "$1/mounted" 2>/dev/null)" = "$folder" ] && exit 0; }
folder=$2
each is
itself "$@"
`,
}
