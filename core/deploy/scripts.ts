import { SAY } from '../jobs/said.ts'
import { SERVICES } from './host-facts.ts'
import { TELLING } from './recognise.ts'
import { START_FILE } from './service-files.ts'

/** path, mode: what comes in becomes the file, wholly or not at all. */
export const WRITE = String.raw`
umask 077
mkdir -p "$(dirname "$1")" || exit
cat > "$1.new" && chmod "$2" "$1.new" && mv -f "$1.new" "$1" && exit 0
rm -f "$1.new"; exit 1
`

/** app's folder, release, address, branch, deploy key. A release that is there is whole. */
export const FETCH = String.raw`
cd "$1" && mkdir -p releases || exit
[ -d "releases/$2" ] && exit 0
part=releases/$2.part
rm -rf "$part" || exit
export GIT_TERMINAL_PROMPT=0 GIT_ALLOW_PROTOCOL=https:http:ssh:git
ssh='ssh -o BatchMode=yes -o StrictHostKeyChecking=accept-new'
[ -n "$5" ] && ssh="$ssh -o IdentitiesOnly=yes -i $5"
export GIT_SSH_COMMAND="$ssh"
git clone --depth 1 ${'${'}4:+--branch "$4"} -- "$3" "$part" && git -C "$part" rev-parse HEAD > "$part/.mooring-commit" && mv "$part" "releases/$2" && exit 0
code=$?; rm -rf "$part"; exit "$code"
`

/** app's folder, release; a tar comes in. */
export const UNPACK = String.raw`
cd "$1" && mkdir -p releases || exit
if [ -d "releases/$2" ]; then cat > /dev/null; exit 0; fi
part=releases/$2.part
rm -rf "$part" && mkdir "$part" && tar -xf - -C "$part" && mv "$part" "releases/$2" && exit 0
code=$?; rm -rf "$part"; exit "$code"
`

/** app's folder, release, folder below it. What is no plain file of the project's own is not looked into. */
export const INSPECT = `${SAY}${String.raw`
cd "$1/releases/$2" || exit
commit=$(cat .mooring-commit 2>/dev/null) && say commit "$commit"
cd "./$3" || exit
find . -maxdepth 2 -type f ! -path './.git/*' ! -path './node_modules/*' 2>/dev/null | head -n 2000 | while IFS= read -r path; do say path "${'${'}path#./}"; done
for name in ${TELLING.join(' ')}; do
  [ -f "$name" ] && [ ! -L "$name" ] && say "text" "$name $(head -c 65536 "$name" | base64 | tr -d '\r\n')"
done
:
`}`

/** project's folder, settings file, then the commands, each shown before it runs. */
export const BUILD = String.raw`
cd "$1" || exit
if [ -f "$2" ]; then set -a; . "$2"; set +a; fi
shift 2
for line; do
  printf '$ %s\n' "$line"
  sh -c "$line" || exit
done
`

/** mode, app, app's folder, release; the unit comes in. Done twice it is the same. */
export const SERVE = `${SERVICES}${String.raw`
mode=$1 unit=mooring-$2.service
cd "$3" || exit
[ -f "releases/$4/${START_FILE}" ] || { echo "releases/$4 is not built" >&2; exit 1; }
if [ "$mode" = user ]; then
  mkdir -p "$HOME/.config/systemd/user" || exit
  cat > "$HOME/.config/systemd/user/$unit" || exit
  loginctl enable-linger >/dev/null 2>&1
else
  $sudo tee "/etc/systemd/system/$unit" > /dev/null || exit
fi
rm -f current.new && ln -s "releases/$4" current.new || exit
mv -Tf current.new current 2>/dev/null || { rm -f current && mv current.new current; } || exit
sc daemon-reload && sc enable --quiet "$unit" && sc restart "$unit"
`}`

/** mode, app, `start`, `stop` or `restart`. */
export const ACT = `${SERVICES}mode=$1\nsc "$3" "mooring-$2.service"\n`

/** mode, app, app's folder. What is not there is as good as removed. */
export const REMOVE = `${SERVICES}${String.raw`
mode=$1 unit=mooring-$2.service
if [ "$mode" != none ]; then
  sc disable --now "$unit" >/dev/null 2>&1
  if [ "$mode" = user ]; then rm -f "$HOME/.config/systemd/user/$unit"; else $sudo rm -f "/etc/systemd/system/$unit"; fi || exit
  sc daemon-reload
fi
rm -rf "$3" "$HOME/.mooring/jobs/$2."*
`}`

/** mode, app, lines. */
export const LOGS = `${SERVICES}mode=$1\njc --no-pager -q -o short-iso -u "mooring-$2.service" -n "$3"\n`

/** app's folder, comment. Prints the public half, made at the first time. */
export const DEPLOY_KEY = String.raw`
umask 077
mkdir -p "$1" && cd "$1" || exit
[ -f deploy_key ] || ssh-keygen -q -t ed25519 -N '' -C "$2" -f deploy_key || exit
cat deploy_key.pub
`

/** app's folder, then the releases that go. */
export const FORGET = String.raw`
cd "$1" || exit
shift
for release; do rm -rf "releases/$release" "releases/$release.part" || exit; done
`

/** port. For a host that lets nobody through to its own ports. Prints the status of the answer. */
export const ASK = String.raw`
if command -v curl >/dev/null 2>&1; then curl -s -o /dev/null -m 5 -w '%{http_code}' "http://127.0.0.1:$1/"
else wget -q -S -T 5 -O /dev/null "http://127.0.0.1:$1/" 2>&1 | sed -n 's/^ *HTTP[^ ]* \([0-9]*\).*/\1/p' | tail -n 1; fi
`

/** app's folder, app, release: what was begun, ended and taken away. */
export const UNDO = String.raw`
for dir in "$HOME/.mooring/jobs/$2.$3."*; do
  [ -f "$dir/pid" ] && [ ! -f "$dir/exit" ] && read -r pid boot < "$dir/pid" &&
    [ "$boot" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)" ] && kill -TERM "-$pid" 2>/dev/null
  rm -rf "$dir"
done
rm -rf "$1/releases/$3" "$1/releases/$3.part"
`
