import type { Account } from './accounts.ts'

const ROOT = 0
/** Creating a file in a folder takes both: write and search. */
const BITS = { search: 0o1, write: 0o3 } as const

/** What of a file's state decides who may do what. */
export type Guarded = { readonly mode: number; readonly uid: number; readonly gid: number }

/**
 * Whether modes and ownership keep an account from searching a folder, or from creating files in it:
 * exactly one of the three triplets counts, the owner's, the group's or that of the others (path_resolution(7)). ACLs
 * are not looked at. Root may search everywhere but not write everywhere: named gives up CAP_DAC_OVERRIDE, keeps
 * CAP_DAC_READ_SEARCH, and so refuses to start in a folder of another user ("directory is not writable").
 */
export function forbids(folder: Guarded, account: Account, what: keyof typeof BITS): boolean {
  if (account.overridesModes || (account.uid === ROOT && what === 'search')) return false
  const triplet = account.uid === folder.uid ? 6 : account.groups.has(folder.gid) ? 3 : 0
  const granted = (folder.mode >> triplet) & 0o7
  return (granted & BITS[what]) !== BITS[what]
}
