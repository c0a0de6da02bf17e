import { existsSync, readFileSync } from 'node:fs'
import { run } from './run.mjs'

/** Written by npm into `node_modules`: what it installed there, in the format of the lock file. */
const INSTALLED = 'node_modules/.package-lock.json'
const LOCKED = 'package-lock.json'

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

/** Whether `node_modules` holds what the lock file names, no more and no less. */
export function arePackagesCurrent() {
  if (!existsSync(INSTALLED)) return false
  const locked = readPackages(LOCKED)
  const installed = readPackages(INSTALLED)
  const complete = Object.entries(locked).every(
    ([path, { version, optional }]) =>
      optional === true || path === '' || installed[path]?.version === version,
  )
  const noneElse = Object.entries(installed).every(([path, { version }]) => locked[path]?.version === version)
  return complete && noneElse
}

/** Installs the npm packages of the lock file, leaving the lock file as it is. */
export function installPackages() {
  return run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}
