import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './install/run.mjs'

const BUILT = 'dist/cli.js'

/** What the build is made of, besides the folder `src`. */
const INGREDIENTS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsdown.config.ts']

/** @typedef {{ ok: true } | { ok: false, because: string }} Built */

/**
 * Builds `dist/` when it is missing or older than what it is made of, and says so on standard error.
 *
 * @returns {Promise<Built>}
 */
export async function buildIfStale() {
  if (modified(BUILT) > newestIngredient()) return { ok: true }
  process.stderr.write('building\n')
  const outcome = await run('npm', ['run', '--silent', 'build'])
  return outcome.exit === 0 ? { ok: true } : { ok: false, because: `The build failed:\n\n${outcome.output}` }
}

function newestIngredient() {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map(path => join('src', path))
  return Math.max(...[...INGREDIENTS, ...sources].map(modified))
}

/**
 * @param {string} path
 * @returns {number} milliseconds since 1970; 0 when there is no such file
 */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
