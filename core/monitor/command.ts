/**
 * Runs on the host for as long as somebody looks: a line on its input is a look, the end of the input its end. One process, no file, nothing
 * of ours in it but this text, which every login shell takes: no newline, single quote, backslash or exclamation mark stands inside the quotes.
 */
export const MONITOR = [
  "exec sh -c 'LC_ALL=C; export LC_ALL; s=`uname -s`; while read -r go; do",
  'echo "@system $s"; echo "@now `date +%s`";',
  'if [ -r /proc/stat ]; then',
  'echo @stat; head -n 1 /proc/stat; echo @cores; grep -c ^processor /proc/cpuinfo; echo @loadavg; cat /proc/loadavg;',
  'echo @meminfo; head -n 40 /proc/meminfo; echo @uptime; cat /proc/uptime; echo @netdev; cat /proc/net/dev;',
  'else',
  'echo @sysctl; sysctl kern.cp_time hw.ncpu hw.physmem hw.memsize hw.pagesize vm.loadavg kern.boottime',
  'vm.stats.vm.v_free_count vm.stats.vm.v_inactive_count 2>/dev/null;',
  'echo @vm_stat; vm_stat 2>/dev/null; echo @ps; ps -A -o %cpu= 2>/dev/null; echo @netstat; netstat -ibn 2>/dev/null;',
  'fi;',
  'echo @df; df -Pkl 2>/dev/null || df -Pk 2>/dev/null; echo @who; who 2>/dev/null | wc -l; echo @end;',
  "done'",
].join(' ')

/** Everything that runs; BSD's and Linux's ps know these alike. */
export const PROCESSES = "exec sh -c 'LC_ALL=C; export LC_ALL; ps -A -o pid= -o stat= -o user= -o pcpu= -o pmem= -o comm='"

/**
 * Ends a process that is still the one that was seen: `pid command` on the input, since a number may belong to another by now. Answers `ended`,
 * `gone` or what kill said.
 */
export const END_PROCESS = [
  "exec sh -c 'LC_ALL=C; export LC_ALL; read -r signal pid name || exit 2;",
  'now=`ps -p "$pid" -o comm=` || { echo gone; exit 0; };',
  '[ "$now" = "$name" ] || { echo gone; exit 0; };',
  'kill -s "$signal" "$pid" && echo ended\'',
].join(' ')
