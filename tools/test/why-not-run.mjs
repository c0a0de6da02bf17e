import { packagesFor } from '../install/programs.mjs'
import { isInstalled } from '../install/search-path.mjs'

/** @import { Stage } from './stages.mjs' */

/**
 * Why a stage can't be run on this machine, and what it takes; nothing when it can.
 *
 * @param {Stage} stage
 */
export function whyNotRun({ needs }) {
  if (needs === undefined || isInstalled(needs)) return undefined
  return `${needs} is missing (apt-get install ${packagesFor([needs]).join(' ')})`
}
