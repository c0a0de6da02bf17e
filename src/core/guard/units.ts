import { SHELL } from './script/text.ts'

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
  const started = `/bin/sh -c '${printStarter()}' guard ${quoteWord(script.replace(/\/[^/]+\/[^/]+$/, '') || '/')}`
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

/** `script/starting.sh` as the one line of a shell, in systemd's words, in which `$$` is a dollar. */
function printStarter(): string {
  const commands = SHELL.starting.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return commands.join('; ').replaceAll('$', '$$$$')
}

/** A word of a command line as systemd.service(5) reads it: specifiers and variables taken literally. */
function quoteWord(text: string): string {
  const literal = text.replaceAll('%', '%%').replaceAll('$', '$$$$')
  return /^[\w/.@:%+-]+$/.test(literal) ? literal : `"${literal.replace(/["\\]/g, '\\$&')}"`
}
