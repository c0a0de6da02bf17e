/** A file of systemd's, by its path below the folder of units. */
export type UnitFile = { readonly path: string; readonly content: string }

export type UnitsRequest = {
  /** Absolute path of `baton/guard` on the server. */
  readonly script: string
  /** The unit that starts named: `named.service`, or `bind9.service` before Debian 11. */
  readonly unit: string
}

/** The units of BIND's packages, the likeliest first. */
export const NAMED_UNITS = ['named.service', 'bind9.service', 'named-chroot.service'] as const

/** A name that systemd takes for a service, and nothing that leads out of its folder. */
export function isUnitName(text: string): boolean {
  return /^[A-Za-z0-9:_.@-]{1,200}\.service$/.test(text) && !text.startsWith('.')
}

/**
 * What systemd needs in order to run the guard: before named starts, and every ten seconds while it runs. A rescue of many zones
 * takes longer than the minute and a half after which systemd gives up a start.
 */
export function printUnits({ script, unit }: UnitsRequest): readonly UnitFile[] {
  const started = `/bin/sh -c '${STARTER}' guard ${quoteWord(script.replace(/\/[^/]+\/[^/]+$/, '') || '/')}`
  return [
    {
      path: `${unit}.d/baton-guard.conf`,
      content: `[Service]\nExecStartPre=+${started} boot\nTimeoutStartSec=15min\n`,
    },
    {
      path: 'baton-guard.service',
      content: `[Unit]\nDescription=Keep a deposed name server from taking writes\n\n[Service]\nType=oneshot\nExecStart=${started} watch\n`,
    },
    {
      path: 'baton-guard.timer',
      content:
        '[Unit]\nDescription=Look for a newer term of the name servers\n\n' +
        '[Timer]\nOnActiveSec=10s\nOnUnitInactiveSec=10s\nAccuracySec=1s\n\n[Install]\nWantedBy=timers.target\n',
    },
  ]
}

/**
 * Root runs the guard only where nobody else could have written it: the script can't be asked that itself. The folder of the
 * configuration is made root's first, for whoever it belongs to could exchange the script after the look. A script that was
 * another's runs with that user's rights, and root makes the server a standby without it. In systemd's words, in which `$$`
 * is a dollar; there is neither a single quote nor a backslash in it.
 */
const STARTER = [
  'cd "$$1" || exit 0',
  '[ -z "$$(find . -maxdepth 0 ! -user 0)" ] || { chmod g=u . && chown 0 .; }',
  '[ -z "$$(find . -maxdepth 0 "(" -perm -020 -o -perm -002 ")")" ] || chmod +t .',
  'loose() { find "$$@" -maxdepth 0 "(" ! -user 0 -o -perm -020 -o -perm -002 ")"; }',
  'exposed=$$(loose baton baton/guard | head -n 1)',
  '[ -n "$$exposed" ] || exec /bin/sh baton/guard "$$2"',
  'logger -t baton-guard -p daemon.err "$$2: unsafe because guard.exposed; others than root could change $$1/$$exposed"',
  'set -- "$$2" $$(ls -ldn "$$exposed")',
  '[ "$$4" -ne 0 ] || set -- "$$1" "$$2" "$$3" 65534 65534',
  'GUARD_EXPOSED="$$exposed" setpriv --reuid="$$4" --regid="$$5" --clear-groups /bin/sh baton/guard "$$1"',
  '[ "$$1" != boot ] || [ -n "$$(loose named.standby.conf)" ] || { rm -f named.conf.new && cp -p named.standby.conf named.conf.new && mv -f named.conf.new named.conf; }',
  'exit 0',
].join('; ')

/** A word of a command line as systemd.service(5) reads it: specifiers and variables taken literally. */
function quoteWord(text: string): string {
  const literal = text.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w/.@:%+-]+$/.test(literal) ? literal : `"${literal.replace(/["\\]/g, '\\$&')}"`
}
