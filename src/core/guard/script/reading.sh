# What baton/state as a whole is good for: nothing when it can be read, or the own standing that follows.
judge_state() {
  [ -e "$state" ] || { echo state-missing; return; }
  if [ ! -f "$state" ] || [ ! -r "$state" ]; then echo state-unreadable; return; fi
  [ -s "$state" ] || { echo state-empty; return; }
  version=$(value version "$state")
  is_term "$version" || { echo state-unreadable; return; }
  [ "$version" -gt "$STATE_VERSION" ] && echo state-future && return
  for key in fleet server sets; do
    [ -n "$(value "$key" "$state")" ] || { echo state-unreadable; return; }
  done
}

# The own standing of one zone set.
judge_set() {
  role=$(value "role.$1" "$state")
  is_term "$(value "term.$1" "$state")" || { echo state-unreadable; return; }
  # As numbers of 14 digits: an hour more than there is in a day still sorts behind the day.
  since=$(value "since.$1" "$state" | tr -dc 0-9)
  latest=$(($(date -u +%Y%m%d%H%M%S) + CLOCK_SKEW_HOURS * 10000))
  case $since in ??????????????) ;; *) echo state-unreadable; return ;; esac
  [ "$since" -gt "$latest" ] && echo state-future && return
  case $role in active | standby) echo "$role" ;; *) echo state-unreadable ;; esac
}

# word NAME RECORD: the value of "NAME=value" in a TXT record as dig prints it.
word() {
  case $2 in *"\"$1="*) found=${2#*"\"$1="} && printf '%s\n' "${found%%\"*}" ;; esac
}

# ask SET PEER: one line "SET ANSWER PEER TERM SINCE". The key is in a file, so that no list of processes shows it.
ask() {
  marker=$(value "marker.$1" "$state")
  text=$(distrusting timeout "$ASK_DEADLINE_SECONDS" dig -k "$baton/guard.key" +norecurse "+time=$ASK_SECONDS" \
    "+tries=$ASK_TRIES" "@$(value "address.$2" "$state")" -p "$(value "port.$2" "$state")" "$marker" TXT 2>&1)
  case $text in
    *"Couldn't read key"* | *"Couldn't create key"* | *"key must have"*) echo "$1 wrong-key $2 - -"; return ;;
    *"status: "*) ;;
    *) echo "$1 silent $2 - -"; return ;;
  esac
  case $text in *"TSIG PSEUDOSECTION"*) ;; *) echo "$1 wrong-key $2 - -"; return ;; esac
  case $text in *"Couldn't verify"* | *"could not be validated"* | *"status: NOTAUTH"*)
    echo "$1 wrong-key $2 - -"; return ;;
  esac
  record=$(printf '%s\n' "$text" | grep -v '^;' | grep -F '"role=')
  echo "$1 $(weigh "$1" "$2" "$record") $2 $(word term "$record") $(word since "$record")"
}

# weigh SET PEER RECORD: which answer a signed marker is, against the own term.
weigh() {
  theirs=$(word term "$3")
  is_term "$theirs" || { echo no-marker; return; }
  [ "$(word fleet "$3")" = "$(value fleet "$state")" ] || { echo foreign-marker; return; }
  [ "$(word server "$3") $(word set "$3")" = "$2 $1" ] || { echo no-marker; return; }
  ours=$(value "term.$1" "$state")
  [ "$theirs" -gt "$ours" ] && echo higher-term && return
  case $(word role "$3") in
    standby) echo confirms ;;
    active) if [ "$theirs" -eq "$ours" ]; then echo rival; else echo outdated-peer; fi ;;
    *) echo no-marker ;;
  esac
}

# ask_all SET...: every peer of every set at once; their lines arrive whole, each being one short write.
ask_all() {
  for asked; do
    case $(judge_set "$asked") in active | standby) ;; *) continue ;; esac
    for peer in $(value "peers.$asked" "$state"); do ask "$asked" "$peer" & done
  done
  wait
}
