/**
 * What a host's own shell is taught, for hosts without SFTP: POSIX, with what GNU's tools and busybox have in common. Its answers are
 * read by facts.ts; NUL is in none of them, since command-shell.ts ends them with it. Nothing from outside is in it.
 */
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a shell's own braces.
export const SCRIPTS = String.raw`
unset CDPATH
there() { [ -e "$1" ] || [ -L "$1" ]; }
vacant() { if there "$1"; then echo "File exists" >&2; return 1; fi; }
no_folder() { if [ -d "$1" ] && [ ! -L "$1" ]; then echo "Is a directory" >&2; return 1; fi; }

can_stat() { find /. ! -name . -prune -exec stat -c %f {} + >/dev/null 2>&1; }
can_scp() { command -v scp >/dev/null; }

stat_one() { stat -c '%f %s %Y %u %g' "$1"; }
stat_end() { stat -L -c '%f %s %Y %u %g' "$1"; }
stat_all() { find "$1/." ! -name . -prune -exec stat -c '%f %s %Y %u %g/%U/%G/%n/' {} +; }

ls_one() { ls -ldn "$1"; }
ls_end() { ls -ldnL "$1"; }
ls_all() {
  ls -d "$1/." >/dev/null || return
  if [ ! -r "$1" ]; then echo "Permission denied" >&2; return 1; fi
  for f in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    there "$f" || continue
    l=$(ls -ldn "$f")
    printf '%s/%s/%s\n' "${'${f##*/}'}" "${'${#l}'}" "$l"
  done
}

real() {
  readlink -f "$1" && return
  if [ -d "$1" ]; then cd "$1" && pwd -P; return; fi
  ls -d "$1"
}
link_text() { if [ ! -L "$1" ]; then ls -d "$1" >/dev/null && echo "not a link" >&2; return 1; fi; readlink "$1"; }

new_folder() { mkdir "$1" && if [ -n "$2" ]; then chmod "$2" "$1"; fi; }
end_folder() { rmdir "$1"; }
end_file() { no_folder "$1" && rm "$1"; }
rename_to() { vacant "$2" && mv "$1" "$2"; }
replace_by() {
  if [ -L "$2" ]; then rm "$2" || return; fi
  no_folder "$2" && mv -f "$1" "$2"
}
new_link() { vacant "$2" && ln -s -- "$1" "$2"; }
new_name() { vacant "$2" && ln "$1" "$2"; }

new_file() { (umask "$2"; set -C; : > "$1"); }
empty_file() { (umask "$2"; : > "$1"); }
open_file() { ls -d "$1" >/dev/null && : >> "$1"; }
copy_file() { cat "$1" > "$2"; }
cut_file() { ls -d "$1" >/dev/null && : > "$1"; }

change() {
  if [ -n "$3" ]; then chown "$3" "$1" || return; fi
  if [ -n "$2" ]; then chmod "$2" "$1" || return; fi
  if [ -n "$4" ]; then touch -t "$4" "$1"; fi
}
disk() { df -Pk "$1"; }

answer() {
  { said=$( { "$@" < /dev/null; } 2>&1 1>&3 3>&- ); code=$?; } 3>&1
  printf '\0%s %s\0' "$code" "$said"
}
printf '\0'
`
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: a shell's own braces.
