import { packageManagers } from '../../contract/models/updates.ts'
import { SAY } from '../jobs/said.ts'

const ROOT = String.raw`
export LC_ALL=C DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a ZYPP_LOCK_TIMEOUT=600
if [ "$(id -u)" = 0 ]; then root=yes; elif sudo -n true 2>/dev/null; then root=sudo; else root=no; fi
as_root() {
  case $root in
    yes) "$@" ;;
    sudo) sudo -n env LC_ALL=C DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a ZYPP_LOCK_TIMEOUT=600 "$@" ;;
    no) return 1 ;;
  esac
}
`

/** What is pending, of the newest lists where this login may fetch them. Each line of a manager's own is said as one of `list`. */
export const CHECK = `${SAY}${ROOT}${String.raw`
lines() { while IFS= read -r line; do say "$1" "$line"; done; }
say root "$root"
say system "$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' /etc/os-release 2>/dev/null | head -n 1)"
manager=
for each in ${packageManagers.join(' ')}; do command -v "$each" >/dev/null 2>&1 && { manager=$each; break; }; done
say manager "$manager"
job=$HOME/.mooring/jobs/update
[ -f "$job/pid" ] && [ ! -f "$job/exit" ] && say going yes
changed=
case $manager in
  apt-get)
    as_root apt-get -q -o DPkg::Lock::Timeout=120 update >/dev/null 2>&1 || say stale yes
    apt-get -s -q upgrade 2>/dev/null | grep '^Inst ' | lines list; changed=/var/lib/dpkg/status ;;
  dnf | yum)
    "$manager" -q check-update 2>/dev/null | lines list
    "$manager" -q updateinfo list security 2>/dev/null | lines security; changed=/var/lib/rpm
    command -v needs-restarting >/dev/null 2>&1 && {
      as_root needs-restarting -r >/dev/null 2>&1; [ $? = 1 ] && say required yes
      as_root needs-restarting -s 2>/dev/null | lines services
    } ;;
  zypper)
    as_root zypper -q -n refresh >/dev/null 2>&1 || say stale yes
    zypper -q -n list-updates 2>/dev/null | lines list
    zypper -q -n list-patches --category security 2>/dev/null | lines security; changed=/var/lib/rpm
    zypper -q -n needs-rebooting >/dev/null 2>&1; [ $? = 102 ] && say required yes ;;
  apk) as_root apk -q update >/dev/null 2>&1 || say stale yes; apk version -l '<' 2>/dev/null | lines list; changed=/lib/apk/db/installed ;;
  pacman) as_root pacman -Sy --noconfirm >/dev/null 2>&1 || say stale yes; pacman -Qu 2>/dev/null | lines list; changed=/var/lib/pacman/local ;;
  pkg) as_root pkg upgrade -n 2>/dev/null | lines list; changed=/var/db/pkg/local.sqlite ;;
esac
[ -e "$changed" ] && say changed "$(stat -c %Y "$changed" 2>/dev/null || stat -f %m "$changed" 2>/dev/null)"
[ -f /var/run/reboot-required ] && say required yes
command -v needrestart >/dev/null 2>&1 && as_root needrestart -b -r l 2>/dev/null | lines needrestart
:
`}`

/** manager, scope, then the names of packages where the manager cannot choose by itself. Locks are waited for; nothing asks. */
export const UPDATE = `${ROOT}${String.raw`
manager=$1 scope=$2
shift 2
[ "$root" = no ] && { echo "this login may not change packages" >&2; exit 77; }
keep='-o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=600'
case $manager-$scope in
  apt-get-all) as_root dpkg --configure -a; as_root apt-get -q $keep update && as_root apt-get -q -y $keep upgrade ;;
  apt-get-security) as_root dpkg --configure -a; as_root apt-get -q -y $keep install --only-upgrade "$@" ;;
  dnf-all | yum-all) as_root "$manager" -y update ;;
  dnf-security | yum-security) as_root "$manager" -y update --security ;;
  zypper-all) as_root zypper -n update --auto-agree-with-licenses ;;
  zypper-security) as_root zypper -n patch --category security --auto-agree-with-licenses; code=$?; [ "$code" -lt 100 ] && exit "$code"; exit 0 ;;
  apk-all) as_root apk --wait 600 upgrade ;;
  pacman-all) n=0; while [ -f /var/lib/pacman/db.lck ] && [ "$n" -lt 600 ]; do n=$((n + 1)); sleep 1; done; as_root pacman -Syu --noconfirm ;;
  pkg-all) as_root pkg upgrade -y ;;
  *) echo "$manager does not tell security updates from others" >&2; exit 78 ;;
esac
`}`
