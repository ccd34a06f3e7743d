/**
 * A stand-in for systemctl and journalctl where systemd cannot be process 1: one POSIX shell script that starts, stops and restarts
 * services for real, from the unit files that systemd would read, with their settings, folder, user and `Restart=`. It knows what
 * a service of one process group needs and nothing else, and says what it is. `system`: also services of the machine, for root.
 */
export function systemctlStandIn({ system }: { readonly system: boolean }): string {
  return `#!/bin/sh
# A stand-in for systemd's systemctl and journalctl: real processes, no systemd.
self=$0 system=${system ? 'yes' : 'no'}
${SCRIPT}`
}

const SCRIPT = String.raw`
user=
[ "$1" = --user ] && { user=yes; shift; }
if [ -n "$user" ]; then
  units=$HOME/.config/systemd/user state=$HOME/.local/state/stand-in
else
  [ "$system" = yes ] || { echo "System has not been booted with systemd as init system (PID 1). Can't operate." >&2; exit 1; }
  [ "$(id -u)" = 0 ] || { echo "Access denied" >&2; exit 4; }
  units=/etc/systemd/system state=/run/stand-in
fi
nap() { sleep 0.1 2>/dev/null || sleep 1; }
val() { sed -n "s/^$2=//p" "$units/$1" 2>/dev/null | tail -n 1; }
named() { case $1 in *.service) echo "$1" ;; *) echo "$1.service" ;; esac }
alive() { [ -f "$state/$1/leader" ] && kill -0 "$(cat "$state/$1/leader")" 2>/dev/null; }
known() { [ -f "$units/$1" ] || { echo "Unit $1 not found." >&2; exit 5; }; }

start() {
  known "$1"
  alive "$1" && return
  mkdir -p "$state/$1" && echo 0 > "$state/$1/restarts" && rm -f "$state/$1/failed"
  if command -v setsid >/dev/null 2>&1; then
    nohup setsid sh "$self" ${'${'}user:+--user} --supervise "$1" >/dev/null 2>&1 </dev/null &
  else
    set -m
    nohup sh "$self" ${'${'}user:+--user} --supervise "$1" >/dev/null 2>&1 </dev/null &
  fi
  n=0; while [ "$n" -lt 50 ] && ! [ -f "$state/$1/main" ]; do n=$((n + 1)); nap; done
}
stop() {
  rm -f "$state/$1/failed"
  alive "$1" || return 0
  leader=$(cat "$state/$1/leader")
  kill -TERM "-$leader" 2>/dev/null
  n=0; while kill -0 "-$leader" 2>/dev/null && [ "$n" -lt 50 ]; do n=$((n + 1)); nap; done
  kill -KILL "-$leader" 2>/dev/null
  rm -f "$state/$1/leader" "$state/$1/main"
}
# Leads the group of its service; a signal to the group ends both.
supervise() {
  echo "$$" > "$state/$1/leader"
  while :; do
    (
      cd "$(val "$1" WorkingDirectory)" || exit 200
      settings=$(val "$1" EnvironmentFile); settings=${'${'}settings#-}
      if [ -n "$settings" ] && [ -f "$settings" ]; then set -a; . "$settings"; set +a; fi
      as=$(val "$1" User)
      if [ -n "$as" ] && [ "$as" != "$(id -un)" ]; then
        HOME=$(getent passwd "$as" | cut -d: -f6); export HOME
        exec setpriv --reuid "$as" --regid "$(id -g "$as")" --init-groups $(val "$1" ExecStart)
      fi
      exec $(val "$1" ExecStart)
    ) >> "$state/$1/log" 2>&1 &
    main=$!
    echo "$main" > "$state/$1/main"
    if [ -n "$MOORING_PRACTICE" ]; then
      # The practice cloud takes its services along, however it ends.
      ( while kill -0 "$main" 2>/dev/null; do kill -0 "$MOORING_PRACTICE" 2>/dev/null || kill -TERM "-$$"; sleep 1; done ) &
    fi
    wait "$main"
    code=$?
    echo "$1: Main process exited, code=exited, status=$code" >> "$state/$1/log"
    rm -f "$state/$1/main"
    case $(val "$1" Restart) in
      always) ;;
      on-failure) [ "$code" = 0 ] && break ;;
      *) break ;;
    esac
    sleep "$(val "$1" RestartSec | grep . || echo 0.1)"
    echo $(($(cat "$state/$1/restarts") + 1)) > "$state/$1/restarts"
    echo "$1: Scheduled restart job" >> "$state/$1/log"
  done
  [ "$code" = 0 ] || : > "$state/$1/failed"
  rm -f "$state/$1/leader"
}
show() {
  load=not-found active=inactive sub=dead restarts=0
  if [ -n "$1" ]; then
    [ -f "$units/$1" ] && load=loaded
    restarts=$(cat "$state/$1/restarts" 2>/dev/null || echo 0)
    if alive "$1"; then
      active=activating sub=auto-restart
      [ -f "$state/$1/main" ] && active=active sub=running
    elif [ -f "$state/$1/failed" ]; then active=failed sub=failed; fi
  fi
  echo "Version=stand-in"
  [ -z "$1" ] || printf 'LoadState=%s\nActiveState=%s\nSubState=%s\nNRestarts=%s\n' "$load" "$active" "$sub" "$restarts"
}

case ${'${'}0##*/} in
  journalctl)
    unit= lines=1000
    while [ $# -gt 0 ]; do
      case $1 in -u) unit=$(named "$2"); shift ;; -n) lines=$2; shift ;; -o) shift ;; esac
      shift
    done
    tail -n "$lines" "$state/$unit/log" 2>/dev/null || echo "-- No entries --"
    exit ;;
esac
command=$1; shift
now=
while :; do
  case $1 in
    --quiet) shift ;;
    --now) now=yes; shift ;;
    -p) shift 2 ;;
    *) break ;;
  esac
done
unit=; [ -z "$1" ] || unit=$(named "$1")
case $command in
  show) show "$unit" ;;
  daemon-reload) ;;
  enable) known "$unit"; mkdir -p "$state/enabled" && : > "$state/enabled/$unit"; [ -z "$now" ] || start "$unit" ;;
  disable) rm -f "$state/enabled/$unit"; [ -z "$now" ] || stop "$unit" ;;
  start) start "$unit" ;;
  stop) stop "$unit" ;;
  restart) known "$unit"; stop "$unit"; start "$unit" ;;
  is-active) alive "$unit" && echo active || { echo inactive; exit 3; } ;;
  status) show "$unit"; tail -n 10 "$state/$unit/log" 2>/dev/null; alive "$unit" || exit 3 ;;
  --supervise) supervise "$unit" ;;
  # What a machine that boots does, and one that goes down.
  --boot) for each in "$state/enabled"/*.service; do [ -f "$each" ] && start "${'${'}each##*/}"; done ;;
  --down) for each in "$state"/*.service; do [ -d "$each" ] && stop "${'${'}each##*/}"; done ;;
  *) echo "Unknown command verb '$command' (this is a stand-in for systemctl)." >&2; exit 1 ;;
esac
`
