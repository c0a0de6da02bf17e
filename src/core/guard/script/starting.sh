#!/bin/sh
# What a unit of systemd runs: starting ETC MODE. Root runs the guard only where nobody else could have written it: the script
# can't be asked that itself. The folder of the configuration is made root's first, for whoever it belongs to could exchange
# the script after the look. A script that was another's runs with that user's rights, and root makes the server a standby
# without it. It becomes one line between single quotes, so each line is a command, with no single quote and no backslash in it.
cd "$1" || exit 0
[ -z "$(find . -maxdepth 0 ! -user 0)" ] || { chmod g=u . && chown 0 .; }
[ -z "$(find . -maxdepth 0 "(" -perm -020 -o -perm -002 ")")" ] || chmod +t .
loose() { find "$@" -maxdepth 0 "(" ! -user 0 -o -perm -020 -o -perm -002 ")"; }
exposed=$(loose baton baton/guard | head -n 1)
[ -n "$exposed" ] || exec /bin/sh baton/guard "$2"
logger -t baton-guard -p daemon.err "$2: unsafe because guard.exposed; others than root could change $1/$exposed"
# The words of ls are wanted one by one: the owner becomes $4, the group $5.
# shellcheck disable=SC2046
set -- "$2" $(ls -ldn "$exposed")
[ "$4" -ne 0 ] || set -- "$1" "$2" "$3" 65534 65534
GUARD_EXPOSED="$exposed" setpriv --reuid="$4" --regid="$5" --clear-groups /bin/sh baton/guard "$1"
[ "$1" != boot ] || [ -n "$(loose named.standby.conf)" ] || { rm -f named.conf.new && cp -p named.standby.conf named.conf.new && mv -f named.conf.new named.conf; }
exit 0
