is_moment() {
  case $1 in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z) ;;
    *) return 1 ;;
  esac
}

# refuse_order SET CODE WHY
refuse_order() {
  explain "$1" refused "$2" "; $3; nothing was changed"
  return 1
}

# obey SET TERM SINCE: as depose and step_down, for whoever orders it saw the higher term. A standby is emptied too: it may
# hold a fork that equal serials hide. Nothing but the own term is weighed, so the same order given twice ends the same.
obey() {
  own=$unusable term=unknown heard=" baton=$2" learned=$2 since=$3
  [ -z "$own" ] || { refuse_order "$1" "guard.$own" 'without its own state it knows no term'; return; }
  own=unknown
  case " $(value sets "$state") " in
    *" $1 "*) own=$(judge_set "$1") ;;
    *) refuse_order "$1" guard.order-refused 'this server has no such zone set'; return ;;
  esac
  term=$(value "term.$1" "$state")
  case $own in
    active) [ "$2" -gt "$term" ] || { refuse_order "$1" guard.order-refused "term $2 is not above its own"; return; } ;;
    standby) [ "$2" -ge "$term" ] || { refuse_order "$1" guard.order-refused "term $2 is below its own"; return; } ;;
    *) refuse_order "$1" "guard.$own" 'without its own state it knows no term'; return ;;
  esac
  probe_named
  case $? in
    0) step_down "$1" guard.ordered ;;
    1) depose_stopped "$1" guard.ordered ;;
    *) refuse_order "$1" guard.control-failed "whether named runs is not known: $(answered)" ;;
  esac
}
