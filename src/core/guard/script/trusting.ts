import type { Code } from '../../base/index.ts'

const EXPOSED = 'guard.exposed' satisfies Code

/** Whom the script trusts: what others could change it does not use as root, and of what is named's root touches nothing. */
export const TRUSTING = `
# A user with no rights, for what was not written by anybody we trust.
NOBODY=65534

# loose PATH...: those that others than root could change, or have put there. A link's mode says that anybody may.
loose() {
  for each_path; do
    find "$each_path" -maxdepth 0 \\( ! -user 0 -o -perm -020 -o -perm -002 \\) 2>/dev/null
  done
}

# loose_folders FOLDER: it and those above it. In a sticky one nobody renames what is root's; a link to one counts as well.
loose_folders() {
  above=$1
  while :; do
    find "$above/." -maxdepth 0 \\( ! -user 0 -o ! -perm -1000 \\( -perm -020 -o -perm -002 \\) \\) 2>/dev/null
    find "$above" -maxdepth 0 -type l ! -user 0 2>/dev/null
    [ "$above" = / ] && return
    above=$(dirname "$above")
  done
}

# loose_files: what is executed, installed, read or written in the folder of the configuration.
loose_files() {
  loose named.conf named.active.conf named.standby.conf baton/rescue baton/runs
  find baton -maxdepth 3 \\( -name rescue -o -name runs -o -name '.baton-*' \\) -prune -o \\
    \\( ! -user 0 -o -perm -020 -o -perm -002 -o -name 'guard*' -type f -links +1 \\) -print 2>/dev/null
}

# judge_trust: what others could change is in "exposed", the first of it; where that is a folder in which root would write it
# is in "exposed_folder". Whoever is not root has no rights that others could borrow.
judge_trust() {
  exposed='' exposed_folder=''
  if [ "$me" -ne 0 ]; then
    exposed=\${GUARD_EXPOSED:-}
    return
  fi
  exposed_folder=$(find . -maxdepth 0 \\( ! -user 0 -o ! -perm -1000 \\( -perm -020 -o -perm -002 \\) \\); loose baton)
  exposed=$(printf '%s\\n' "$exposed_folder" "$(loose_folders "$etc_given")" "$(loose_folders "$etc_real")" "$(loose_files)" |
    grep . | head -n 1)
  exposed_folder=$(printf '%s\\n' "$exposed_folder" | head -n 1)
}

# account NAME-OR-ID: its line in the list of users.
account() {
  { getent passwd "$1" || awk -F : -v key="$1" '$1 == key || $3 == key' /etc/passwd; } 2>/dev/null | head -n 1
}

# choose_named: named's user as "named_id", by the state file, or by who may write named's folders.
choose_named() {
  named_id=0
  [ "$me" -eq 0 ] || return
  named_id=$(account "$(value user "$state" 2>/dev/null)" | cut -d : -f 3)
  [ -z "$named_id" ] || return
  named_id=0
  for each_folder in "$(value directory "$state" 2>/dev/null)" "$(cut -f 5 baton/guard.zones 2>/dev/null | head -n 1 | sed 's|/[^/]*$||')"; do
    # shellcheck disable=SC2046
    set -- $(ls -ldn "$each_folder/." 2>/dev/null)
    case \${1:--}/\${3:-0} in
      */[!0]*) named_id=$3; return ;;
      ?????w*) named_id=$(awk -F : -v group="$4" '$4 == group && $3 > 0 { print $3; exit }' /etc/passwd)
        named_id=\${named_id:-0}
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
  group=$(printf '%s\\n' "$who" | cut -d : -f 4)
  who=\${who%%:*}
  [ -n "\${dropper:-}" ] || choose_dropper
  case $dropper in
    setpriv)
      if [ -n "$who" ]; then
        setpriv --reuid="$id_wanted" --regid="$group" --init-groups -- "$@"
      else
        setpriv --reuid="$id_wanted" --regid="\${group_wanted:-$NOBODY}" --clear-groups -- "$@"
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

# give_up_root ARGUMENT...: the guard goes on as who could write the folder, with no more rights than they have.
give_up_root() {
  # shellcheck disable=SC2046
  set -- $(ls -ldn "$exposed_folder/." | awk '{ print $3, $4 }') "$@"
  owner=$1 group_wanted=$2
  shift 2
  if [ "$owner" -eq 0 ]; then owner=$named_id; fi
  if [ "$owner" -eq 0 ]; then owner=$NOBODY; fi
  GUARD_EXPOSED=$exposed
  export GUARD_EXPOSED
  as "$owner" sh "$guard_given" "$@"
}

# own_records: in a folder that is root's, what the guard writes becomes root's too; a link is removed, and not followed.
own_records() {
  for record in baton/guard.log baton/guard.busy baton/guard.writing baton/guard.watched baton/guard.kept baton/guard.pending.* \\
    baton/guard.new baton/rescue; do
    [ -e "$record" ] || [ -h "$record" ] || continue
    if [ -h "$record" ] || [ -n "$(find "$record" -maxdepth 0 -type f -links +1)" ]; then
      rm -f "$record"
    else
      chown -h 0 "$record" && chmod go-w "$record"
    fi
  done
}

# say_exposed: once, until it is said of something else.
say_exposed() {
  case $mode in
    boot | decide) role_told='so it is standby' ;;
    *) role_told='so its guard acts without the rights of root' ;;
  esac
  remark="others than root could change $exposed, $role_told"
  case $mode/$(tail -n 1 baton/guard.log 2>/dev/null) in watch/*"$remark") return ;; esac
  tell "$mode: unsafe because ${EXPOSED}; $remark"
}
`
