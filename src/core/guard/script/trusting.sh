# A user with no rights, for what was not written by anybody we trust.
NOBODY=65534

# loose PATH...: those that others than root could change, or have put there. A link's mode says that anybody may.
loose() {
  for each_path; do
    find "$each_path" -maxdepth 0 \( ! -user 0 -o -perm -020 -o -perm -002 \) 2>/dev/null
  done
}

# loose_folders FOLDER: it and those above it. In a sticky one nobody renames what is root's; a link to one counts as well.
loose_folders() {
  above=$1
  while :; do
    find "$above/." -maxdepth 0 \( ! -user 0 -o ! -perm -1000 \( -perm -020 -o -perm -002 \) \) 2>/dev/null
    find "$above" -maxdepth 0 -type l ! -user 0 2>/dev/null
    [ "$above" = / ] && return
    above=$(dirname "$above")
  done
}

# loose_files: what is executed, installed, read or written in the folder of the configuration.
loose_files() {
  loose baton named.conf named.active.conf named.standby.conf baton/rescue baton/runs
  find baton -maxdepth 3 \( -name rescue -o -name runs -o -name '.baton-*' \) -prune -o \
    \( ! -user 0 -o -perm -020 -o -perm -002 -o -name 'guard*' -type f -links +1 \) -print 2>/dev/null
}

# judge_trust: the first of what others could change is in "exposed". Whoever is not root has no rights that others could borrow.
judge_trust() {
  exposed=${GUARD_EXPOSED:-}
  [ "$me" -eq 0 ] || return
  exposed=$({ loose_folders "$etc_given"; loose_folders "$etc_real"; loose_files; } | head -n 1)
  [ -z "$exposed" ] || take_folders
}

# take_folders: those in which root writes become root's, from above downwards, so that nothing in them can be exchanged any
# more: the folder of the configuration is this one whatever its name leads to, and whoever made files in it still may.
take_folders() {
  if [ -n "$(loose_dot)" ]; then
    [ -z "$(find . -maxdepth 0 ! -user 0)" ] || { chmod g=u . && chown 0 .; }
    chmod +t .
  fi
  for folder in baton baton/marker baton/rescue; do
    [ -h "$folder" ] && rm -f "$folder"
    [ -d "$folder" ] || continue
    chown -h 0 "$folder"
    if [ -h "$folder" ]; then rm -f "$folder"; else chmod go-w "$folder"; fi
  done
  # What was put there to have root write or read elsewhere.
  find baton baton/marker -maxdepth 1 ! -type d \( -type l -o -name 'guard*' -links +1 -o -name '*.db' -links +1 -o -name state -links +1 \) \
    -exec rm -f {} +
  for record in baton/guard.log baton/guard.busy baton/guard.writing baton/guard.watched baton/guard.kept baton/guard.pending.*; do
    if [ -f "$record" ]; then chown 0 "$record" && chmod go-w "$record"; fi
  done
}

loose_dot() {
  find . -maxdepth 0 \( ! -user 0 -o ! -perm -1000 \( -perm -020 -o -perm -002 \) \)
}

# account NAME-OR-ID: its line in the list of users.
account() {
  { getent passwd "$1" || awk -F : -v key="$1" '$1 == key || $3 == key' /etc/passwd; } 2>/dev/null | head -n 1
}

# choose_named: named's user as "named_id", by the state file, or by who may write named's folders. What others could change may
# not say that it is root.
choose_named() {
  named_id=0
  [ "$me" -eq 0 ] || return
  find_named
  [ -z "$exposed" ] || [ "$named_id" != 0 ] || named_id=$NOBODY
}

find_named() {
  named_id=$(account "$(value user "$state" 2>/dev/null)" | cut -d : -f 3)
  [ -z "$named_id" ] || return
  named_id=0
  for each_folder in "$(value directory "$state" 2>/dev/null)" "$(cut -f 5 baton/guard.zones 2>/dev/null | head -n 1 | sed 's|/[^/]*$||')"; do
    # The words of ls are wanted one by one: the owner becomes $3, the group $4.
    # shellcheck disable=SC2046
    set -- $(ls -ldn "$each_folder/." 2>/dev/null)
    case ${1:--}/${3:-0} in
      */[!0]*) named_id=$3; return ;;
      ?????w*) named_id=$(awk -F : -v group="$4" '$4 == group && $3 > 0 { print $3; exit }' /etc/passwd)
        named_id=${named_id:-0}
        [ "$named_id" = 0 ] || return
        ;;
    esac
  done
}

# as ID COMMAND...: with the rights of another user alone, by what the machine has for that; nothing is done without.
as() {
  id_wanted=$1
  shift
  if [ "$me" -ne 0 ] || [ "$id_wanted" = 0 ]; then
    "$@"
    return
  fi
  who=$(account "$id_wanted")
  group=$(printf '%s\n' "$who" | cut -d : -f 4)
  who=${who%%:*}
  [ -n "${dropper:-}" ] || choose_dropper
  case $dropper in
    setpriv)
      if [ -n "$who" ]; then
        setpriv --reuid="$id_wanted" --regid="$group" --init-groups -- "$@"
      else
        setpriv --reuid="$id_wanted" --regid="$NOBODY" --clear-groups -- "$@"
      fi
      ;;
    runuser) [ -n "$who" ] && runuser -u "$who" -- "$@" ;;
    su) [ -n "$who" ] && su -s /bin/sh -c 'exec "$@"' "$who" sh "$@" ;;
    *) return 126 ;;
  esac
}

# Not every setpriv or su can do that: those of busybox know few words.
choose_dropper() {
  if setpriv --reuid="$NOBODY" --regid="$NOBODY" --clear-groups -- true 2>/dev/null; then
    dropper=setpriv
  elif runuser -u nobody -- true 2>/dev/null; then
    dropper=runuser
  elif su -s /bin/sh -c 'exec "$@"' nobody sh true 2>/dev/null; then
    dropper=su
  else
    dropper=none
  fi
}

as_named() {
  as "$named_id" "$@"
}

# distrusting COMMAND...: as named's user where its files could be another's, so that it shows nobody what they may not see.
distrusting() {
  if [ -n "$exposed" ]; then as_named "$@"; else "$@"; fi
}

# show FILE: its content, with no more rights than whoever could have written it.
show() {
  if [ "$me" -eq 0 ] && [ -z "$(loose "$1")" ]; then cat "$1"; else distrusting cat "$1"; fi
}

# say_exposed: once, until it is said of something else.
say_exposed() {
  case $mode in
    boot | decide) role_told='so it is standby' ;;
    *) role_told='so nothing of it is believed as root' ;;
  esac
  remark="others than root could change $exposed, $role_told"
  case $mode/$(tail -n 1 baton/guard.log 2>/dev/null) in watch/*"$remark") return ;; esac
  tell "$mode: unsafe because guard.exposed; $remark"
}
