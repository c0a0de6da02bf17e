/** How the script commands named. */
export const CONTROLLING = `
# control COMMAND...: what named answered is in "said" afterwards.
control() {
  said=$(distrusting timeout "$CONTROL_DEADLINE_SECONDS" rndc -c "$baton/guard.rndc" "$@" 2>&1)
}

# probe_named: ends with 0 when named answers, with 1 when nobody listens where it should, with 2 when that is not known.
probe_named() {
  control status && return
  case $said in *"connection refused"*) return 1 ;; esac
  return 2
}

# runs_active SET: whether named serves the marker of an active, whatever named.conf says by now.
runs_active() {
  [ -z "$unusable" ] && control zonestatus "$(value "marker.$1" "$state")" || return 1
  case $said in *"/baton/$(marker_file "$1" active)"*) ;; *) return 1 ;; esac
}

answered() {
  printf '%s\\n' "$said" | tail -n 1
}

# freeze SET: every zone of it that takes updates, and where no other set is active every zone of the server, which is one
# command. That one says "already frozen" when one was so before, whatever else kept it from freezing another one, such
# as a zone that is being written: so then each is frozen by itself.
freeze() {
  if [ -z "$(active_but "$1")" ]; then
    control freeze && return
    case $said in *"already frozen"*) ;; *) return 1 ;; esac
  fi
  open=
  while IFS='	' read -r zone view; do
    [ -z "$zone" ] || freeze_zone "$zone" "$view" || open=$said
  done <<END_OF_ZONES
$(zones_of "$1" dynamic)
END_OF_ZONES
  said=$open
  [ -z "$open" ]
}

# freeze_zone ZONE VIEW: ends well too where named takes no updates for it anyway.
freeze_zone() {
  control freeze "$1" IN "$2" && return
  for harmless in 'already frozen' 'not primary' 'not dynamic' 'not found'; do
    case $said in *"'freeze' failed: $harmless"*) return 0 ;; esac
  done
  said="$1 in view $2: $(answered)"
  return 1
}

# await_written SET: a freeze tells named to write the zones, and does not wait. A thaw before that reads an old file and
# drops the journal, and a journal that is copied meanwhile may not fit the file that was copied before it. Where nothing
# can be written there is nothing to wait for.
await_written() {
  waited=0
  while [ "$waited" -lt "$WRITING_SECONDS_MAX" ]; do
    (: >"$baton/guard.writing") 2>/dev/null || return 0
    sleep "$QUIET_SECONDS"
    waited=$((waited + QUIET_SECONDS))
    is_writing "$1" || break
  done
  rm -f "$baton/guard.writing"
}

# is_writing SET: whether a file of a zone is newer than guard.writing, or one is half written: named begins with "tmp-". The
# zones of a standby are not frozen, and it sets the time of their files whenever it has asked for them.
is_writing() {
  if is_installed_active "$1" || runs_active "$1"; then is_changing "$1" && return 0; fi
  folders=$(cut -f 5 "$baton/guard.zones" | sed 's|/[^/]*$||' | sort -u)
  while IFS= read -r folder; do
    half=$(find "$folder/." -maxdepth 1 -name 'tmp-*' -mmin "-$WRITING_MINUTES_MAX" 2>/dev/null)
    if [ -n "$half" ]; then return 0; fi
  done <<END_OF_FOLDERS
$folders
END_OF_FOLDERS
  return 1
}

is_changing() {
  while IFS='	' read -r set zone view kind file journal; do
    if [ "$set" = "$1" ] && [ "$file" -nt "$baton/guard.writing" ]; then return 0; fi
  done <"$baton/guard.zones"
  return 1
}

# thaw_others SET: after a step-down, well or not, what was frozen beside the set: zones that are none of Baton's.
# Ends with 1 when one of them stays frozen.
thaw_others() {
  [ -z "$(active_but "$1")" ] || return 0
  if ! listed=$(distrusting named-checkconf -l "$etc/named.conf" 2>&1); then
    tell "$mode: zones that are none of Baton's may be frozen too; named-checkconf said: $(printf '%s\\n' "$listed" | tail -n 1)"
    return 1
  fi
  # shellcheck disable=SC2016
  listed=$(printf '%s\\n' "$listed" | awk -v managed="$baton/guard.zones" '
    BEGIN { while ((getline line <managed) > 0) { split(line, part, "\\t"); own[part[2], part[3]] } }
    $4 != "secondary" && !(($1, $3) in own)
  ')
  spent=0
  until thaw_written; do
    if [ "$spent" -ge "$THAW_SECONDS_MAX" ]; then
      # shellcheck disable=SC2086
      tell "$mode: none of Baton's, and left frozen: $(few $frozen); a thaw would lose what their files don't have yet"
      return 1
    fi
    sleep 1
    spent=$((spent + 1))
  done
}

# few NAME...: the first of them, and how many more there are.
few() {
  if [ "$#" -eq 1 ]; then echo "$1"; else echo "$1 and $(($# - 1)) more"; fi
}

# thaw_written: those of the zones in "listed" whose file has all that named has. The others are in "frozen" afterwards;
# from the second time on named is told once more to write them.
thaw_written() {
  frozen=
  while read -r zone class view rest; do
    [ -n "$zone" ] || continue
    if control zonestatus "$zone" "$class" "$view"; then
      case $said in *'frozen: yes'*) ;; *) continue ;; esac
      is_written "$zone" "$class" && control thaw "$zone" "$class" "$view" && continue
      [ "$spent" -eq 0 ] || control sync "$zone" "$class" "$view"
    else
      case $said in *'not loaded'* | *'not found'*) control thaw "$zone" "$class" "$view"; continue ;; esac
    fi
    frozen="$frozen $zone"
  done <<END_OF_LISTED
$listed
END_OF_LISTED
  [ -z "$frozen" ]
}

# is_written ZONE CLASS: by the zonestatus in "said". A file that includes others is the first.
is_written() {
  file=$(printf '%s\\n' "$said" | sed -n 's/^files: \\([^,]*\\).*/\\1/p')
  serial=$(printf '%s\\n' "$said" | sed -n 's/^serial: //p')
  for format in raw text; do
    loaded=$(as_named named-checkzone -w "$(value directory "$state")" -f "$format" -c "$2" -i none -k ignore -m ignore -M ignore \\
      -n ignore -r ignore -S ignore -T ignore -W ignore "$1" "$file" 2>/dev/null)
    loaded=$(printf '%s\\n' "$loaded" | sed -n 's/.*: loaded serial \\([0-9]*\\).*/\\1/p')
    if [ -n "$serial" ] && [ "$loaded" = "$serial" ]; then return 0; fi
  done
  return 1
}

# zones_of SET [KIND]
zones_of() {
  while IFS='	' read -r set zone view kind rest; do
    [ "$set" = "$1" ] && [ "\${2:-$kind}" = "$kind" ] && printf '%s\\t%s\\n' "$zone" "$view"
  done <"$baton/guard.zones"
}

zones_with_journal() {
  while IFS='	' read -r set zone view kind file journal; do
    [ "$set" = "$1" ] && [ -f "$journal" ] && printf '%s\\t%s\\n' "$zone" "$view"
  done <"$baton/guard.zones"
}
`
