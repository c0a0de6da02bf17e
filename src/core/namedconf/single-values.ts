/**
 * Table: options with exactly one value wherever they occur in options, view, zone, key, server, tls, http
 * and dnssec-policy, in every release from 9.16 to 9.21 (named.conf(5)). A second value means that a `;` was
 * forgotten. Options whose number of values differs between releases or places (`file` in a channel,
 * `transfer-source … port …`) are left out or told apart by `contextWithin`.
 */
export const SINGLE_VALUES: ReadonlySet<string> = new Set(
  `
  algorithm all-per-second allow-new-zones answer-cookie attach-cache auth-nxdomain auto-dnssec
  automatic-interface-scan bindkeys-file bogus break-dnssec ca-file cert-file check-dup-records check-integrity
  check-mx check-mx-cname check-sibling check-spf check-srv-cname check-svcb check-wildcard checkds ciphers
  clients-per-query cookie-algorithm cookie-secret coresize database datasize dhparam-file dialup directory
  disable-empty-zone dns64-contact dns64-server dnskey-sig-validity dnskey-ttl dnssec-accept-expired
  dnssec-dnskey-kskonly dnssec-loadkeys-interval dnssec-policy dnssec-secure-to-insecure dnssec-update-mode
  dnssec-validation dump-file edns edns-udp-size edns-version empty-contact empty-server empty-zones-enable
  errors-per-second file files flush-zones-on-shutdown forward geoip-directory glue-cache heartbeat-interval
  hostname http-listener-clients http-port http-streams-per-connection https-port in-view inline-signing
  interface-interval ipv4-prefix-length ipv4only-contact ipv4only-enable ipv4only-server ipv6-prefix-length
  ixfr-from-differences journal key-directory key-file lame-ttl listener-clients lmdb-mapsize lock-file log-only
  managed-keys-directory masterfile-format masterfile-style match-mapped-addresses match-recursive-only
  max-cache-size max-cache-ttl max-clients-per-query max-ixfr-ratio max-journal-size max-ncache-ttl max-query-count
  max-query-restarts max-records max-records-per-type max-recursion-depth max-recursion-queries max-refresh-time
  max-retry-time max-rsa-exponent-size max-stale-ttl max-table-size max-transfer-idle-in max-transfer-idle-out
  max-transfer-time-in max-transfer-time-out max-types-per-name max-udp-size max-zone-ttl memstatistics
  memstatistics-file message-compression min-cache-ttl min-ncache-ttl min-refresh-time min-retry-time min-table-size
  minimal-any minimal-responses multi-master new-zones-directory nocookie-udp-size nodata-per-second notify
  notify-delay notify-rate notify-to-soa nta-lifetime nta-recheck nxdomain-redirect nxdomains-per-second padding
  parent-ds-ttl parent-propagation-delay parent-registration-delay pid-file port prefer-server-ciphers
  preferred-glue provide-ixfr publish-safety purge-keys qname-minimization qps-scale querylog random-device
  recursing-file recursion recursive-clients recursive-only referrals-per-second remote-hostname request-expire
  request-ixfr request-nsid require-server-cookie reserved-sockets resolver-nonbackoff-tries resolver-query-timeout
  resolver-retry-interval responses-per-second retire-safety reuseport root-key-sentinel secret secroots-file
  send-cookie serial-query-rate serial-update-method server-id servfail-ttl session-keyalg session-keyfile
  session-keyname session-tickets sig-signing-nodes sig-signing-signatures sig-signing-type signatures-jitter
  signatures-refresh signatures-validity signatures-validity-dnskey slip stacksize stale-answer-client-timeout
  stale-answer-enable stale-answer-ttl stale-cache-enable stale-refresh-time startup-notify-rate statistics-file
  streams-per-connection synth-from-dnssec tcp-advertised-timeout tcp-clients tcp-idle-timeout tcp-initial-timeout
  tcp-keepalive tcp-keepalive-timeout tcp-listen-queue tcp-only tcp-receive-buffer tcp-send-buffer tkey-domain
  tkey-gssapi-credential tkey-gssapi-keytab tls-port transfer-format transfer-message-size transfers transfers-in
  transfers-out transfers-per-ns trust-anchor-telemetry try-tcp-refresh type udp-receive-buffer udp-send-buffer
  update-check-ksk update-quota use-alt-transfer-source v6-bias version window zero-no-soa-ttl zero-no-soa-ttl-cache
  zone-propagation-delay zone-statistics
  `
    .trim()
    .split(/\s+/),
)
