# marker_file SET ROLE: the database of a marker; its name has the set's where there are several.
marker_file() {
  case $(value sets "$state") in
    "$1") echo "marker/$2.db" ;;
    *) echo "marker/$1.$2.db" ;;
  esac
}

# Whether named.conf gives a set the active role; "*" asks for any set.
is_installed_active() {
  if [ "$1" = '*' ]; then
    grep -q '/baton/marker/[^/]*active\.db"' "$etc/named.conf" 2>/dev/null
  else
    grep -qF "/baton/$(marker_file "$1" active)\"" "$etc/named.conf" 2>/dev/null
  fi
}

# The sets that named.conf makes active, without those given.
active_but() {
  for other in $(value sets "$state"); do
    case " $* " in *" $other "*) ;; *) is_installed_active "$other" && echo "$other" ;; esac
  done
}

# install_standby SET...: named.conf last, for it makes the others count. Where another set stays active it becomes the text
# that Baton composes for these roles, whose first line names them.
install_standby() {
  if [ "$1" = '*' ] || [ -z "$(active_but "$@")" ]; then
    show "$etc/named.standby.conf" 2>/dev/null | put "$etc/named.conf"
    return
  fi
  roles=
  for each in $(value sets "$state"); do
    case " $* " in
      *" $each "*) roles="$roles, $each standby" ;;
      *) if is_installed_active "$each"; then roles="$roles, $each active"; else roles="$roles, $each standby"; fi ;;
    esac
  done
  script="1s/ with the zones of the fleet, .*/ with the zones of the fleet$roles./"
  for each in "$@"; do
    script="$script;/^# The zone set $each is closed: /d"
    script="$script;s#/baton/[a-z]*/${each}/#/baton/standby/${each}/#"
    script="$script;s#/baton/marker/${each}.active.db#/baton/marker/${each}.standby.db#"
  done
  put "$etc/named.conf" <<END_OF_CONFIGURATION
$(show "$etc/named.conf" | sed "$script")
END_OF_CONFIGURATION
}

# record SET TERM SINCE: standby in the state file and, in the marker that a standby serves, the term that was learned.
record() {
  standby=$baton/$(marker_file "$1" standby)
  put "$standby" <<END_OF_MARKER || return 1
$(sed "/ SOA /s/nobody[.]invalid[.] [0-9]*/nobody.invalid. $2/;s/\"term=[0-9]*\"/\"term=$2\"/;s/\"since=[^\"]*\"/\"since=$3\"/" "$standby")
END_OF_MARKER
  put "$state" <<END_OF_STATE
$(while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      "role.$1="*) echo "role.$1=standby" ;;
      "term.$1="*) echo "term.$1=$2" ;;
      "since.$1="*) echo "since.$1=$3" ;;
      *) printf '%s\n' "$line" ;;
    esac
  done <"$state")
END_OF_STATE
}
