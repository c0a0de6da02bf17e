# What else is to be said when a step fails: of a server that runs, that its zones take no updates.
stays=

# consider SET: own standing and term, and the heaviest of everybody's answers, which were gathered before.
consider() {
  own=$unusable
  [ -n "$own" ] || own=$(judge_set "$1")
  term=unknown since='' kinds=' ' heard=''
  case $own in
    active | standby)
      term=$(value "term.$1" "$state")
      since=$(value "since.$1" "$state")
      ;;
  esac
  learned=$term
  while read -r asked kind peer theirs began; do
    [ "$asked" = "$1" ] || continue
    kinds="$kinds$kind " heard="$heard $peer=$kind"
    [ "$kind" = higher-term ] && [ "$theirs" -gt "$learned" ] && learned=$theirs since=$began
  done <<END_OF_ANSWERS
$answers
END_OF_ANSWERS
  weighed=$(heaviest "$kinds")
}

# explain SET WHAT CODE REST: one line for the logs.
explain() {
  tell "$mode: set $1 $2 because $3; own $own term $term; heard${heard:- nobody}$4"
}

# depose SET CODE: saves, clears, records, installs; named does not run, or is frozen.
depose() {
  if ! rescue "$1" "$term" "$2"; then
    if [ -z "$saved" ]; then
      explain "$1" unsafe guard.rescue-failed "; nothing was changed$stays"
    else
      explain "$1" unsafe guard.not-cleared "; $saved, and not all of it was taken out of named's way$stays"
    fi
    return 1
  fi
  if [ "$term" != unknown ] && ! record "$1" "$learned" "$since"; then
    explain "$1" unsafe guard.not-installed "; $saved$stays"
    return 1
  fi
  install_standby "$1" || { explain "$1" unsafe guard.not-installed "; $saved$stays"; return 1; }
  is_proof "$2" && forget_kept "$1"
  explain "$1" standby "$2" "; $saved"
}

# depose_stopped SET CODE: the same where named does not run; somebody may have started it meanwhile, with what was there.
depose_stopped() {
  depose "$1" "$2" && { ! probe_named || step_down "$1" "$2"; }
}

# proof: after consider, the answer that proves that somebody else was promoted.
proof() {
  is_proof "guard.$weighed" && echo "guard.$weighed"
}

# holds_fork SET: after consider, whether somebody was promoted since the files of a standby were left in place.
holds_fork() {
  kept=$(kept_term "$1") || return 1
  proof >/dev/null || { [ "$own" = standby ] && is_term "$kept" && [ "$term" -gt "$kept" ]; }
}

# boot_set SET: named may start when this ends well.
boot_set() {
  [ "$mode" = boot ] && rm -f "$(pending "$1")"
  consider "$1"
  if [ "$own" = exposed ]; then decision='standby guard.exposed'; else decision=$(decide_boot "$own" "$weighed"); fi
  if [ "$mode" = boot ] && [ "${decision% *}" = standby ] && is_installed_active "$1"; then
    depose_stopped "$1" "$(proof || echo "${decision#* }")"
  elif [ "$mode" = boot ] && holds_fork "$1"; then
    depose_stopped "$1" "$(proof || echo guard.higher-term)"
  else
    explain "$1" "${decision% *}" "${decision#* }" ''
  fi
}

# watch_set SET: a running active gives way to a higher term, and to nothing else; a standby whose files were left in
# place is emptied by a proof, one that named did not take to its end is taken there, and one whose named was started
# while it became a standby, with what was there before, steps down once more.
watch_set() {
  if is_installed_active "$1"; then
    rm -f "$(pending "$1")"
    forget_kept "$1"
    consider "$1"
    decision=$(decide_watch "$weighed")
    [ "${decision% *}" = step-down ] || return 0
  elif [ -e "$(pending "$1")" ]; then
    probe_named
    # Where nothing runs the next start reads the standby's files.
    [ "$?" -eq 1 ] && return
    consider "$1"
    cause=guard.finished saved='named is a standby now'
    settle "$1" && explain "$1" standby "$cause" "; $saved"
    return
  elif runs_active "$1"; then
    consider "$1"
    decision="step-down $(proof)" || return 0
  else
    kept_term "$1" >/dev/null || return 0
    consider "$1"
    holds_fork "$1" || return 0
    decision="step-down $(proof || echo guard.higher-term)"
  fi
  # One from the future is from before the clock was set back.
  if [ -n "$(find "$baton/lock" -mmin "-$RUN_MINUTES_MAX" ! -mmin -0 2>/dev/null)" ]; then
    explain "$1" waits guard.run-under-way ''
    return 0
  fi
  step_down "$1" "${decision#* }"
}

# pending SET: the file that says which zones are to be transferred anew once named knows that it is a standby.
pending() {
  echo "$baton/guard.pending.$1"
}

# step_down SET CODE: writes stop before anything is copied, and stay stopped when that fails. A zone that was standby
# already stays in named's memory as it is, so each of those is transferred anew.
step_down() {
  cause=$2 stays='; updates stay refused'
  if ! freeze "$1"; then
    explain "$1" unsafe guard.control-failed "; no file was changed, and a zone may take updates still; $(answered)"
    return 1
  fi
  await_written "$1"
  if is_installed_active "$1"; then anew=$(zones_with_journal "$1"); else anew=$(zones_of "$1"); fi
  if ! (printf '%s\n' "$anew" >"$(pending "$1")") 2>/dev/null; then
    explain "$1" unsafe guard.rescue-failed "; nothing was changed$stays"
    return 1
  fi
  depose "$1" "$2" && settle "$1"
}

# settle SET: after depose, makes named what its files are. What is left of that the next watch tries again.
settle() {
  if ! control reconfig; then
    explain "$1" unsafe guard.control-failed "; its files are a standby's, but named goes on as it was: $(answered)"
    return 1
  fi
  # A reconfig reads no file again that has the name it had: a standby would go on with the marker of the term before.
  control reload "$(value "marker.$1" "$state")"
  unordered=0
  while IFS='	' read -r zone view; do
    [ -z "$zone" ] || control retransfer "$zone" IN "$view" || unordered=$((unordered + 1))
  done <"$(pending "$1")"
  rm -f "$(pending "$1")"
  [ "$unordered" -eq 0 ] || explain "$1" standby "$cause" "; $saved, and $unordered zones could not be ordered anew"
  return 0
}
