# on_disk SET TEST: the managed zones' files and journals of which a test of test(1) is true, relative to the root folder. "*"
# is every set. named's user looks: what that user may not see is not there.
on_disk() {
  # The inner shell expands what is quoted.
  # shellcheck disable=SC2016
  while IFS='	' read -r set zone view kind file journal; do
    [ "$1" = '*' ] || [ "$set" = "$1" ] || continue
    printf '%s\n%s\n' "${file#/}" "${journal#/}"
  done <"$baton/guard.zones" | as_named sh -c '
    while IFS= read -r path; do
      if [ "$1" "/$path" ] && { [ "$1" = -h ] || [ ! -h "/$path" ]; }; then printf "%s\n" "$path"; fi
    done' sh "$2"
}

# Runs a command as named's user with the paths that come in, in the root folder.
with_paths() {
  (cd / && tr '\n' '\0' | as_named xargs -0 "$@")
}

# is_roots FOLDER: whether nobody but root can put a link there, so that root may act in it as well as named's user.
is_roots() {
  [ "$me" -eq 0 ] && [ -z "$exposed" ] && [ -z "$(loose_folders "$1")" ] && [ -z "$(find "$1/." -maxdepth 0 \( -perm -020 -o -perm -002 \))" ]
}

# in_own_folders COMMAND...: root runs it on those of the paths that come in that are there, in folders of root's alone. Ends
# with 1 when one is elsewhere.
in_own_folders() {
  elsewhere=0
  while IFS= read -r path; do
    if is_roots "$(dirname "/$path")"; then "$@" "/$path" || elsewhere=1; else elsewhere=1; fi
  done
  return "$elsewhere"
}

# clear_listed LIST: takes the files out of named's way; what named's user may not remove is in a folder of root's, or stays.
clear_listed() {
  with_paths rm -f <"$1" 2>/dev/null && return
  # The inner shell expands what is quoted.
  # shellcheck disable=SC2016
  as_named sh -c 'while IFS= read -r path; do if [ -e "/$path" ] || [ -h "/$path" ]; then printf "%s\n" "$path"; fi; done' <"$1" |
    in_own_folders rm -f
}

# touch_listed LIST: sets their times to now; named's user may not do that with the files of others, but may put a copy there.
touch_listed() {
  # The inner shell expands what is quoted.
  # shellcheck disable=SC2016
  as_named sh -c '
    while IFS= read -r path; do
      touch -c "/$path" 2>/dev/null && continue
      cp "/$path" "/$path.guard" 2>/dev/null && mv -f "/$path.guard" "/$path" 2>/dev/null && continue
      printf "%s\n" "$path"
    done' <"$1" | in_own_folders touch -c
}

# choose_place SET TERM: a folder that does not exist yet as "place", or nothing where there are too many, and "last", the
# newest of the term. A term is rescued again only when something was left to save.
choose_place() {
  last='' place=$2
  [ "$(value sets "$state" 2>/dev/null)" = "$1" ] || [ "$1" = '*' ] || place=$1.$2
  count=1
  while [ -e "$baton/rescue/$place" ]; do
    last=$place
    count=$((count + 1))
    [ "$count" -gt "$RESCUES_PER_TERM_MAX" ] && place='' && return
    place=${place%%+*}+$count
  done
}

# is_held PLACE LIST: whether a rescue has every listed file as it is now, as after a removal that failed halfway.
is_held() {
  [ -n "$1" ] || return 1
  with_paths sha256sum <"$2" >"$work/sums" 2>/dev/null || return 1
  (cd "$baton/rescue/$1/files" && tr '\n' '\0' | xargs -0 sha256sum) <"$2" >"$work/sums.held" 2>/dev/null || return 1
  cmp -s "$work/sums" "$work/sums.held" && rm -f "$work/sums" "$work/sums.held"
}

# is_proof CODE: whether it proves that somebody else was promoted, who has the zones.
is_proof() {
  case $1 in guard.higher-term | guard.rival | guard.ordered) ;; *) return 1 ;; esac
}

# rescue SET TERM CODE: copies files and journals into baton/rescue, complete or not at all, then removes them, so
# that named transfers the zones anew: an incremental transfer on top of a fork would keep the fork for ever. Without a
# proof that somebody was promoted nobody else may have them: the server goes on serving what it has, and is emptied
# once there is one. When it fails "saved" says what was saved before that, if anything.
rescue() {
  work=$baton/rescue/.unfinished saved=''
  rm -rf "$work"
  mkdir -p "$work/files" && on_disk "$1" -f >"$work/list" && on_disk "$1" -h >"$work/links" || return 1
  if [ ! -s "$work/list" ]; then
    saved='nothing was left to save'
    if [ -s "$work/links" ] && is_proof "$3"; then clear_listed "$work/links" || return 1; fi
    rm -rf "$work"
    return
  fi
  choose_place "$1" "$2"
  list=$work/list
  if is_held "$last" "$list"; then
    saved="saved before in rescue/$last"
  elif [ -n "$place" ] && keep "$work" "$place" "$@"; then
    list=$baton/rescue/$place/list
    saved="saved $(($(wc -l <"$list"))) files in rescue/$place"
    [ ! -s "$baton/rescue/$place/links" ] || saved="$saved, without $(($(wc -l <"$baton/rescue/$place/links"))) symbolic links"
  else
    rm -rf "$work"
    return 1
  fi
  if is_proof "$3"; then
    clear_listed "$list" && clear_listed "${list%list}links" || return 1
  else
    leave_in_place "$1" "$2" "$list" || return 1
  fi
  rm -rf "$work"
}

# leave_in_place SET TERM LIST: a secondary takes a file's time for that of its last contact, so an old one has expired.
leave_in_place() {
  touch_listed "$3" || return 1
  for each in $(if [ "$1" = '*' ]; then cut -f 1 "$baton/guard.zones" | sort -u; else echo "$1"; fi); do
    forget_kept "$each"
    printf '%s=%s\n' "$each" "$2" >>"$baton/guard.kept" || return 1
  done
  saved="$saved, and left them in place"
  sync
}

# kept_term SET: the term in which the files of a set were left in place, as long as they may hold a fork, or "unknown".
kept_term() {
  value "$1" "$baton/guard.kept" 2>/dev/null
}

forget_kept() {
  kept_term "$1" >/dev/null || return 0
  put "$baton/guard.kept" <<END_OF_KEPT
$(grep -v "^$1=" "$baton/guard.kept")
END_OF_KEPT
}

# keep FOLDER PLACE SET TERM CODE: under its own name only when everything in it is on the disk.
keep() {
  folder=$1 name=$2
  shift 2
  copy_listed "$folder" && describe "$@" >"$folder/manifest" && rm -f "$folder/sums" "$folder/sums.held" && sync && mv "$folder" "$baton/rescue/$name" && sync
}

# copy_listed FOLDER: the listed files, with their times, where there is room for them. named's user reads them, so what that
# user may not see is not saved; whoever has no rights at all unpacks them, because what comes may be anything.
copy_listed() {
  needed=$(with_paths du -k <"$1/list" | awk '{ sum += $1 } END { print sum + 0 }')
  free=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
  [ "$free" -gt "$((needed + RESERVE_KIB))" ] || return 1
  [ "$me" -ne 0 ] || { chmod 700 "$1" && chown "$NOBODY" "$1/files"; } || return 1
  from=1 count=$(wc -l <"$1/list")
  while [ "$from" -le "$count" ]; do
    { sed -n "$from,$((from + FILES_PER_PACK - 1))p" "$1/list" | with_paths tar -cf - 2>/dev/null || : >"$1/broken"; } |
      (cd "$1/files" && as "$NOBODY" tar -xf -) || return 1
    from=$((from + FILES_PER_PACK))
  done
  [ ! -e "$1/broken" ] && take_over "$1" || return 1
  while IFS= read -r path; do
    [ -f "$1/files/$path" ] || return 1
  done <"$1/list"
}

# take_over FOLDER: what was unpacked is root's, files and folders and nothing else.
take_over() {
  [ "$me" -eq 0 ] || return 0
  [ -z "$(find "$1/files" ! -type d ! -type f)" ] && chown -hR 0:0 "$1/files" && chmod -R u=rwX,go= "$1/files" || return 1
  # Two names of one file in named's folder are two files here.
  find "$1/files" -type f -links +1 | while IFS= read -r path; do
    cp -p "$path" "$1/alone" && mv -f "$1/alone" "$path" || exit 1
  done
}

# describe SET TERM CODE: what a rescue is, and which journal belongs to which zone.
describe() {
  printf 'version=1\nfleet=%s\nserver=%s\nset=%s\nterm=%s\nterm-learned=%s\nsaved=%s\ncode=%s\n' \
    "$(value fleet "$state" 2>/dev/null)" "$(value server "$state" 2>/dev/null)" "$1" "$2" "$learned" \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$3"
  while IFS='	' read -r set zone view kind file journal; do
    [ "$1" = '*' ] || [ "$set" = "$1" ] || continue
    printf 'zone=%s\t%s\t%s\t%s\n' "$zone" "$view" "$file" "$journal"
  done <"$baton/guard.zones"
}
