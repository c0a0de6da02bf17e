import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where Debian keeps named and rndc: folders that are not on the search path of an ordinary user. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin']

/** Adds the system folders to this process's search path, and so to that of all it starts. */
export function extendSearchPath() {
  const folders = searchPath()
  const missing = SYSTEM_FOLDERS.filter(folder => !folders.includes(folder))
  process.env['PATH'] = [...folders, ...missing].join(delimiter)
}

/**
 * Whether a program of that name is on the search path and may be executed.
 *
 * @param {string} program
 */
export function isInstalled(program) {
  return searchPath().some(folder => isExecutable(join(folder, program)))
}

function searchPath() {
  return (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '')
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Absent, out of reach or not ours to execute: for the search all the same, this is not it.
    return false
  }
}
