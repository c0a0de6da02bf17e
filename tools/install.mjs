import process from 'node:process'
import { arePackagesCurrent, installPackages } from './install/packages.mjs'
import {
  findAptPrefix,
  installDebianPackages,
  isSystemdRunning,
  missingPrograms,
  packagesFor,
} from './install/programs.mjs'
import { extendSearchPath } from './install/search-path.mjs'

/** The oldest Node that runs Baton: `engines` in package.json says the same, and a test compares them. */
export const NODE_MIN = [20, 19]

/** sysexits.h EX_UNAVAILABLE: something this machine lacks, and that may not be installed from here. */
export const EXIT_UNAVAILABLE = 69

/** @typedef {{ ok: true } | { ok: false, because: string }} Installed */

/**
 * Brings what is missing: npm packages from the lock file, and the programs through apt where this user may.
 * Runs before anything is installed, so it needs nothing but Node. It is quiet when there is nothing to do, and
 * says what it does on standard error, so that standard output belongs to the caller.
 *
 * @param {readonly string[]} programs
 * @param {readonly string[]} welcome programs that are brought where possible, and are no reason to stop where not
 * @returns {Promise<Installed>}
 */
export async function install(programs, welcome = []) {
  if (!isNodeNewEnough()) {
    return {
      ok: false,
      because: `Node ${NODE_MIN.join('.')} or newer is needed; this is ${process.version}.`,
    }
  }
  extendSearchPath()
  const installed = await bringPrograms(programs)
  if (!installed.ok) return installed
  const brought = await bringPrograms(welcome)
  if (!brought.ok) say(brought.because)
  return bringPackages()
}

function isNodeNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [majorMin = 0, minorMin = 0] = NODE_MIN
  return major > majorMin || (major === majorMin && minor >= minorMin)
}

/**
 * @param {readonly string[]} programs
 * @returns {Promise<Installed>}
 */
async function bringPrograms(programs) {
  const missing = missingPrograms(programs)
  if (missing.length === 0) return { ok: true }
  const packages = packagesFor(missing)
  const byHand = `apt-get install --no-install-recommends ${packages.join(' ')}`
  const prefix = await findAptPrefix()
  if (prefix === undefined) {
    return {
      ok: false,
      because: `Missing here: ${missing.join(', ')}. On Debian or Ubuntu, run as root:\n\n  ${byHand}\n`,
    }
  }
  say(`installing ${packages.join(', ')} (for ${missing.join(', ')})`)
  const outcome = await installDebianPackages(prefix, packages)
  const missingStill = missingPrograms(programs)
  if (outcome.exit !== 0 || missingStill.length > 0) {
    const what = missingStill.length > 0 ? `Still missing: ${missingStill.join(', ')}. ` : ''
    return { ok: false, because: `${outcome.output}\n${what}As root, try:\n\n  ${byHand}\n` }
  }
  if (missing.includes('named') && isSystemdRunning()) {
    say('bind9 is installed for the lab; its service was not started and will not start at boot')
    say('(to use it as a name server: systemctl enable --now named)')
  }
  return { ok: true }
}

/** @returns {Promise<Installed>} */
async function bringPackages() {
  if (arePackagesCurrent()) return { ok: true }
  say('installing npm packages from the lock file')
  const outcome = await installPackages()
  if (outcome.exit === 0) return { ok: true }
  return { ok: false, because: `npm ci failed:\n\n${outcome.output}` }
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`)
}
