# work_alone: whether no other guard works here; two would tear each other's rescue. Without flock(1), or a disk that can be
# written, that is taken for so. The lock ends with the process, however that ends.
work_alone() {
  command -v flock >/dev/null 2>&1 && (: >>"$baton/guard.busy") 2>/dev/null || return 0
  exec 9>>"$baton/guard.busy"
  waited=0
  until flock -n 9; do
    [ "$mode" = watch ] || [ "$waited" -ge "$WAIT_SECONDS_MAX" ] && return 1
    waited=$((waited + 1))
    sleep 1
  done
}

mode=${1:-}
state=$baton/state
judge_trust
choose_named
case $mode in
  status) tail -n 1 "$baton/guard.log"; exit ;;
  boot | decide | watch) [ "$#" -eq 1 ] || mode=wrong ;;
  step-down) { [ "$#" -eq 4 ] && is_term "$3" && is_moment "$4"; } || mode=wrong ;;
  *) mode=wrong ;;
esac
if [ "$mode" = wrong ]; then
  echo 'usage: guard boot | watch | decide | status | step-down SET TERM SINCE' >&2
  exit 64
fi
[ -z "$exposed" ] || say_exposed
if [ "$mode" != decide ] && ! work_alone; then
  [ "$mode" = watch ] && exit
  tell "$mode: unsafe because guard.busy; nothing was changed"
  exit 1
fi
if [ "$mode" = boot ] && control status; then
  tell 'boot: unsafe because guard.named-running; nothing was changed'
  exit 1
fi
# When it was last called by its timer, for whoever asks whether the timer runs.
[ "$mode" = watch ] && touch "$baton/guard.watched" 2>/dev/null
unusable=$(judge_state)
case $mode in boot | decide) [ -z "$exposed" ] || unusable=exposed ;; esac
set -f
if [ "$mode" = step-down ]; then
  obey "$2" "$3" "$4"
  exit
fi
sets='*'
[ -n "$unusable" ] || sets=$(value sets "$state")
# Those that a watch has nothing to ask for are left out: the rest of a standby's life.
to_ask=
for each_set in $sets; do
  [ "$mode" = watch ] && ! is_installed_active "$each_set" && ! kept_term "$each_set" >/dev/null &&
    ! runs_active "$each_set" && continue
  to_ask="$to_ask $each_set"
done
answers=
# Each set is a word of its own.
# shellcheck disable=SC2086
[ -n "$unusable" ] || answers=$(ask_all $to_ask)
outcome=0
for each_set in $sets; do
  case $mode in
    watch) watch_set "$each_set" || outcome=1 ;;
    *) boot_set "$each_set" || outcome=1 ;;
  esac
done
[ -z "$exposed" ] || [ "$mode" != boot ] || exit 0
exit "$outcome"
