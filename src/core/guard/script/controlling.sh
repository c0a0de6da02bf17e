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
  printf '%s\n' "$said" | tail -n 1
}

# freeze SET: every zone of it that takes updates, and no zone besides: what somebody else froze, perhaps to edit its file, a
# thaw would load half edited. One command freezes all zones of the server, so it is given where no other takes updates. It
# says "already frozen" when one was so before, whatever else kept it from freezing another one, such as a zone that is
# being written: so then each is frozen by itself.
freeze() {
  if is_alone "$1"; then
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

# is_alone SET: whether no zone of the server takes updates but those of the set. What is not known is a no, and so is a
# server to which zones may be added that its configuration does not name.
is_alone() {
  [ -z "$(active_but "$1")" ] || return 1
  if distrusting named-checkconf -px "$etc/named.conf" 2>/dev/null | grep -q 'allow-new-zones yes'; then return 1; fi
  listed=$(distrusting named-checkconf -l "$etc/named.conf" 2>/dev/null) || return 1
  # awk reads what is quoted.
  # shellcheck disable=SC2016
  listed=$(printf '%s\n' "$listed" | awk -v managed="$baton/guard.zones" '
    BEGIN { while ((getline line <managed) > 0) { split(line, part, "\t"); own[part[2], part[3]] } }
    $4 !~ /^(secondary|mirror|stub|static-stub|hint|forward)$/ && !(($1, $3) in own)
  ')
  [ "$(printf '%s\n' "$listed" | wc -l)" -le "$OTHERS_MAX" ] || return 1
  while read -r zone class view rest; do
    [ -n "$zone" ] || continue
    control zonestatus "$zone" "$class" "$view" || return 1
    case $said in *'dynamic: no'* | *'type: secondary'*) ;; *) return 1 ;; esac
  done <<END_OF_LISTED
$listed
END_OF_LISTED
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

# is_writing SET: whether a file of a zone is newer than baton/guard.writing, or one is half written: named begins with "tmp-". The
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
    # dash and busybox know -nt, and POSIX since 2024.
    # shellcheck disable=SC3013
    if [ "$set" = "$1" ] && [ "$file" -nt "$baton/guard.writing" ]; then return 0; fi
  done <"$baton/guard.zones"
  return 1
}

# zones_of SET [KIND]
zones_of() {
  while IFS='	' read -r set zone view kind rest; do
    [ "$set" = "$1" ] && [ "${2:-$kind}" = "$kind" ] && printf '%s\t%s\n' "$zone" "$view"
  done <"$baton/guard.zones"
}

zones_with_journal() {
  while IFS='	' read -r set zone view kind file journal; do
    [ "$set" = "$1" ] && [ -f "$journal" ] && printf '%s\t%s\n' "$zone" "$view"
  done <"$baton/guard.zones"
}
