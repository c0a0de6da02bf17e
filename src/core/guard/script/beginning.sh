#!/bin/sh
# The guard of a peer: settles the role in which named may start, and keeps a deposed server from taking writes.
# Written by Baton; changes are overwritten. Needs dig, rndc, tar and named-checkconf; runs under dash and busybox ash.
#   guard boot      before named starts: ends with 0 when named may start, with 1 when it must not
#   guard watch     while named runs, by a timer: an active that sees a higher term steps down
#   guard decide    says what boot would decide, and changes nothing
#   guard status    says what was decided last
#   guard step-down SET TERM SINCE
#                   ordered by a run of Baton: another peer was promoted in TERM, SINCE then
set -u
LC_ALL=C
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH
umask 027

# By name from here on: whoever could exchange a folder above it leads nobody elsewhere.
etc_given=$(cd "$(dirname "$0")/.." && pwd) || exit 1
etc_real=$(cd "$(dirname "$0")/.." && pwd -P) || exit 1
cd "$etc_real" || exit 1
etc=.
baton=./baton
me=$(id -u)

STATE_VERSION=1
TERM_MAX=2147483647
# How far ahead of the clock a term may have begun, in hours: clocks differ, but not by that.
CLOCK_SKEW_HOURS=1
# A question: seconds for one try, tries, and seconds for all of it, whatever dig does.
ASK_SECONDS=1
ASK_TRIES=2
ASK_DEADLINE_SECONDS=3
CONTROL_DEADLINE_SECONDS=60
# named is done with writing zones when it has written none for so long, and how long that is waited for.
QUIET_SECONDS=2
WRITING_SECONDS_MAX=600
# Other zones of which named is asked whether they take updates, before it is told to freeze all.
OTHERS_MAX=200
# What it began to write longer ago, in minutes, it has left behind.
WRITING_MINUTES_MAX=10
# A run of Baton that holds this server is left alone for so long.
RUN_MINUTES_MAX=15
# How long another guard at work on this server is waited for.
WAIT_SECONDS_MAX=60
LOG_BYTES_MAX=262144
LOG_BYTES_KEPT=131072
# What a rescue leaves free on its disk, in KiB, and how often a term may be rescued.
RESERVE_KIB=65536
RESCUES_PER_TERM_MAX=9
# Files that are packed at once, so that their names fit on one command line.
FILES_PER_PACK=100

# value KEY FILE: what follows KEY= in the first such line.
value() {
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in "$1="*) printf '%s\n' "${line#*=}" && return 0 ;; esac
  done <"$2"
  return 1
}

is_term() {
  case $1 in '' | *[!0-9]* | ???????????*) return 1 ;; esac
  [ "$1" -le "$TERM_MAX" ]
}

# One line to the system's log and to baton/guard.log, which is cut to its newer half when it is full. A log that can't
# be written changes no decision.
tell() {
  printf '%s\n' "$1"
  [ "$mode" = decide ] && return
  logger -t baton-guard -p daemon.notice "$1" >/dev/null 2>&1
  log=$baton/guard.log
  printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1" 2>/dev/null >>"$log" || return 0
  [ "$(wc -c <"$log")" -le "$LOG_BYTES_MAX" ] && return
  tail -c "$LOG_BYTES_KEPT" "$log" >"$log.new" && mv "$log.new" "$log"
  return 0
}

# put FILE: replaces an existing file by what comes in, whole or not at all, with its mode and group; root's where root does it.
put() {
  if [ "$me" -eq 0 ]; then new=$baton/guard.new; else new=$1.guard; fi
  rm -f "$new" && { [ ! -h "$1" ] || : >"$new"; } && { [ -e "$new" ] || cp -p "$1" "$new"; } && cat >"$new" && [ -s "$new" ] || return 1
  [ "$me" -ne 0 ] || { chown 0 "$new" && chmod go-w "$new"; } || return 1
  sync && mv -f "$new" "$1" && sync
}
