import type { Code } from '../../base/index.ts'

/** What proves that somebody else was promoted. For any other reason this server may be the only one with the data. */
const PROOFS = ['guard.higher-term', 'guard.rival', 'guard.ordered'] as const satisfies readonly Code[]

/** How the script saves what a deposed server holds, and takes it out of named's way. */
export const RESCUING = `
# on_disk SET: the managed zones' files and journals that exist, relative to the root folder. "*" is every set.
on_disk() {
  while IFS='	' read -r set zone view kind file journal; do
    [ "$1" = '*' ] || [ "$set" = "$1" ] || continue
    for path in "$file" "$journal"; do
      if [ -f "$path" ]; then printf '%s\\n' "\${path#/}"; fi
    done
  done <"$baton/guard.zones"
}

# Runs a command with the paths that come in, in the root folder.
with_paths() {
  (cd / && tr '\\n' '\\0' | xargs -0 "$@")
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
    place=\${place%%+*}+$count
  done
}

# is_held PLACE LIST: whether a rescue has every listed file as it is now, as after a removal that failed halfway.
is_held() {
  [ -n "$1" ] || return 1
  while IFS= read -r path; do
    cmp -s "/$path" "$baton/rescue/$1/files/$path" || return 1
  done <"$2"
}

# is_proof CODE: whether it proves that somebody else was promoted, who has the zones.
is_proof() {
  case $1 in ${PROOFS.join(' | ')}) ;; *) return 1 ;; esac
}

# rescue SET TERM CODE: copies files and journals into baton/rescue, complete or not at all, then removes them, so
# that named transfers the zones anew: an incremental transfer on top of a fork would keep the fork for ever. Without a
# proof that somebody was promoted nobody else may have them: the server goes on serving what it has, and is emptied
# once there is one. When it fails "saved" says what was saved before that, if anything.
rescue() {
  work=$baton/rescue/.unfinished saved=''
  rm -rf "$work"
  mkdir -p "$work/files" && on_disk "$1" >"$work/list" || return 1
  if [ ! -s "$work/list" ]; then
    saved='nothing was left to save' && rm -rf "$work"
    return
  fi
  choose_place "$1" "$2"
  list=$work/list
  if is_held "$last" "$list"; then
    saved="saved before in rescue/$last"
  elif [ -n "$place" ] && keep "$work" "$place" "$@"; then
    list=$baton/rescue/$place/list
    saved="saved $(($(wc -l <"$list"))) files in rescue/$place"
  else
    rm -rf "$work"
    return 1
  fi
  if is_proof "$3"; then
    with_paths rm -f <"$list" || return 1
  else
    leave_in_place "$1" "$2" "$list" || return 1
  fi
  rm -rf "$work"
}

# leave_in_place SET TERM LIST: a secondary takes a file's time for that of its last contact, so an old one has expired.
leave_in_place() {
  with_paths touch <"$3" || return 1
  for each in $(if [ "$1" = '*' ]; then cut -f 1 "$baton/guard.zones" | sort -u; else echo "$1"; fi); do
    forget_kept "$each"
    printf '%s=%s\\n' "$each" "$2" >>"$baton/guard.kept" || return 1
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
  copy_listed "$folder" && describe "$@" >"$folder/manifest" && sync && mv "$folder" "$baton/rescue/$name" && sync
}

# copy_listed FOLDER: the listed files, with their times, where there is room for them.
copy_listed() {
  needed=$(with_paths du -k <"$1/list" | awk '{ sum += $1 } END { print sum + 0 }')
  free=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
  [ "$free" -gt "$((needed + RESERVE_KIB))" ] || return 1
  # shellcheck disable=SC2016
  with_paths sh -c '{ tar -cf - "$@" || : >"$0/broken"; } | tar -C "$0/files" -xf -' "$1" <"$1/list" || return 1
  [ ! -e "$1/broken" ]
}

# describe SET TERM CODE: what a rescue is, and which journal belongs to which zone.
describe() {
  printf 'version=1\\nfleet=%s\\nserver=%s\\nset=%s\\nterm=%s\\nterm-learned=%s\\nsaved=%s\\ncode=%s\\n' \\
    "$(value fleet "$state" 2>/dev/null)" "$(value server "$state" 2>/dev/null)" "$1" "$2" "$learned" \\
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$3"
  while IFS='	' read -r set zone view kind file journal; do
    [ "$1" = '*' ] || [ "$set" = "$1" ] || continue
    printf 'zone=%s\\t%s\\t%s\\t%s\\n' "$zone" "$view" "$file" "$journal"
  done <"$baton/guard.zones"
}
`
