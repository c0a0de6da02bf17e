import type { Pushed, PushedFolder } from '../../../core/pushed/index.ts'

/** Enough of a digest to tell states of one folder apart. */
const DIGEST_SHOWN = 12

/** Which state of a folder was pushed, by whom and when, as one says it after "the state". */
export function pushInWords({ folder, by, at }: Pick<Pushed, 'folder' | 'by' | 'at'>): string {
  return `${folderInWords(folder)}, pushed by ${by} at ${at}`
}

export function folderInWords({ digest, commit, dirty }: PushedFolder): string {
  const ofGit =
    commit === undefined ? '' : ` (commit ${shortDigest(commit)}${dirty === true ? ', changed' : ''})`
  return `${shortDigest(digest)}${ofGit}`
}

export function shortDigest(digest: string): string {
  return digest.slice(0, DIGEST_SHOWN)
}
