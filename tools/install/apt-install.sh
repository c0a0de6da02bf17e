#!/bin/sh
# Installs Debian packages, as root, without a question and without starting a service.
#
# The lab runs its own named processes and needs only the programs. Debian's bind9 would also start a name server on
# port 53, now and at every boot: a policy-rc.d that forbids it stands for as long as the installation takes, and a
# named.service that this very installation brought is disabled. A service that was here before is never touched.
set -eu

POLICY=/usr/sbin/policy-rc.d
SERVICE_FILES='/lib/systemd/system/named.service /usr/lib/systemd/system/named.service'

has_service() {
  for file in $SERVICE_FILES; do
    [ -e "$file" ] && return 0
  done
  return 1
}

service_before=no
has_service && service_before=yes

if [ ! -e "$POLICY" ]; then
  trap 'rm -f "$POLICY"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  printf '#!/bin/sh\n# Put here by the installation of the lab of Baton, which removes it at its end.\nexit 101\n' >"$POLICY"
  chmod 755 "$POLICY"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends --no-upgrade "$@"

if [ "$service_before" = no ] && has_service && [ -d /run/systemd/system ]; then
  systemctl disable named.service
fi
