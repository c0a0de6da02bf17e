import type { ServerPaths } from './fleet.ts'

/** What holds for a server where neither it nor `server-defaults` says otherwise. */
export const SERVER_DEFAULTS = {
  /** RFC 1035 section 4.2. */
  dnsPort: 53,
  /** The default of `controls` in named.conf. */
  controlPort: 953,
  controlKey: 'rndc',
  /** As Debian and Ubuntu install named. */
  paths: { configuration: '/etc/bind', directory: '/var/cache/bind' } satisfies ServerPaths,
} as const

/** The set of a fleet that says `zones` at the top of its file. */
export const DEFAULT_SET = 'default'
