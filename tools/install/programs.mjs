import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { run } from './run.mjs'
import { isInstalled } from './search-path.mjs'

/**
 * Program → the packages it may be in: Debian and Ubuntu releases moved some of them between two. All are small, so
 * where it is not certain both are taken.
 *
 * @type {Record<string, string[]>}
 */
const PACKAGES = {
  named: ['bind9'],
  'named-checkconf': ['bind9-utils'],
  'named-compilezone': ['bind9-utils'],
  'named-journalprint': ['bind9', 'bind9-utils'],
  rndc: ['bind9-utils'],
  dig: ['bind9-dnsutils'],
  nsupdate: ['bind9-dnsutils'],
  dash: ['dash'],
  busybox: ['busybox'],
  shellcheck: ['shellcheck'],
  dnsperf: ['dnsperf'],
}

/** What a lab runs: the tests and the demo need it. */
export const LAB_PROGRAMS = [
  'named',
  'named-checkconf',
  'named-compilezone',
  'named-journalprint',
  'rndc',
  'dig',
  'nsupdate',
]

/** What the tests run, besides: the shells under which the guard must work. */
export const TEST_PROGRAMS = [...LAB_PROGRAMS, 'dash', 'busybox']

/** What looks at the shell in our files: where it can't be had the tests run without. */
export const CHECK_PROGRAMS = ['shellcheck']

/** What the benchmarks compare with, besides. */
export const BENCH_PROGRAMS = [...TEST_PROGRAMS, 'dnsperf']

/** @param {readonly string[]} programs */
export function missingPrograms(programs) {
  return programs.filter(program => !isInstalled(program))
}

/**
 * The packages to install for these programs, each once, sorted.
 *
 * @param {readonly string[]} programs
 */
export function packagesFor(programs) {
  return [...new Set(programs.flatMap(program => PACKAGES[program] ?? []))].sort()
}

/** How this process may become root without asking for a password; nothing when it may not, or there is no apt. */
export async function findAptPrefix() {
  if (!isInstalled('apt-get')) return undefined
  if (process.getuid?.() === 0) return []
  if (!isInstalled('sudo')) return undefined
  const allowed = await run('sudo', ['-n', 'true'])
  return allowed.exit === 0 ? ['sudo', '-n'] : undefined
}

/**
 * Installs Debian packages, starting nothing: see `apt-install.sh`.
 *
 * @param {string[]} prefix what `findAptPrefix` found
 * @param {string[]} packages
 */
export function installDebianPackages(prefix, packages) {
  const script = fileURLToPath(new URL('./apt-install.sh', import.meta.url))
  const [command = 'sh', ...args] = [...prefix, 'sh', script, ...packages]
  return run(command, args)
}

/** Whether systemd runs this machine, so that an installed named would be started at the next boot. */
export function isSystemdRunning() {
  return existsSync('/run/systemd/system')
}
