/**
 * A job outlives the connection that began it: `~/.mooring/jobs/<id>/` holds its script, what it printed, the process that leads it
 * and, once it is over, how it ended. Arguments: the id, then the job's own.
 */
const HERE = String.raw`
dir=$HOME/.mooring/jobs/$1
boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)
alive() {
  [ -f "$dir/pid" ] || return 1
  read -r pid was < "$dir/pid" || return 1
  [ "$was" = "$boot" ] && kill -0 "$pid" 2>/dev/null
}
`

/**
 * Reads the job's script. Prints `running` or `done` when there is nothing to begin, else begins it, as a unit of systemd's where that
 * can be had: an update of sshd or a logout ends those with it that are merely in the background.
 */
export const START = `${HERE}${String.raw`
umask 077
mkdir -p "$dir" || exit 1
if [ ! -f "$dir/exit" ] && alive; then echo running; exit 0; fi
if [ "$(cat "$dir/exit" 2>/dev/null)" = 0 ]; then echo done; exit 0; fi
rm -f "$dir/exit" "$dir/pid"
cat > "$dir/script.new" && mv "$dir/script.new" "$dir/script" && : > "$dir/log" || exit 1
cat > "$dir/lead.new" <<'LEAD' && mv "$dir/lead.new" "$dir/lead" || exit 1
boot=$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)
dir=$1; shift
echo "$$ $boot" > "$dir/pid"
sh "$dir/script" "$@" > "$dir/log" 2>&1 < /dev/null
echo "$?" > "$dir/exit.new" && mv "$dir/exit.new" "$dir/exit"
LEAD
id=$1; shift
if [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1 &&
  systemd-run --quiet --collect --unit="mooring-job-$id" --setenv=HOME="$HOME" --setenv=PATH="$PATH" sh "$dir/lead" "$dir" "$@" >/dev/null 2>&1; then
  :
elif command -v setsid >/dev/null 2>&1; then
  nohup setsid sh "$dir/lead" "$dir" "$@" >/dev/null 2>&1 </dev/null &
else
  set -m
  nohup sh "$dir/lead" "$dir" "$@" >/dev/null 2>&1 </dev/null &
fi
n=0
while [ ! -s "$dir/pid" ] && [ "$n" -lt 100 ]; do n=$((n + 1)); sleep 0.1 2>/dev/null || sleep 1; done
[ -s "$dir/pid" ] && echo started
`}`

/** What it prints, from an offset in bytes on, until it is over. Its exit code, or `gone`, comes as the last line of the complaints. */
export const FOLLOW = `${HERE}${String.raw`
at=$2
size() { wc -c < "$dir/log" 2>/dev/null | tr -d ' '; }
while :; do
  over=; [ -f "$dir/exit" ] && over=1
  alive || [ -n "$over" ] || { sleep 1; [ -f "$dir/exit" ] && over=1 || over=gone; }
  end=$(size); end=$((end + 0))
  if [ "$end" -gt "$at" ]; then
    tail -c "+$((at + 1))" "$dir/log" | head -c "$((end - at))" || exit 1
    at=$end
  fi
  [ "$over" = gone ] && { echo gone >&2; exit 0; }
  [ -n "$over" ] && { cat "$dir/exit" >&2; exit 0; }
  sleep 0.2 2>/dev/null || sleep 1
done
`}`

/** Ends it with all that it started, and forgets it. */
export const STOP = `${HERE}${String.raw`
if alive; then
  kill -TERM "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null
  n=0
  while alive && [ "$n" -lt 30 ]; do n=$((n + 1)); sleep 0.1 2>/dev/null || sleep 1; done
  alive && kill -KILL "-$pid" 2>/dev/null
fi
rm -rf "$dir"
`}`
