import type { Pushed } from '../../core/pushed/index.ts'

/** Enough of a digest to tell states of one folder apart. */
const DIGEST_SHOWN = 12

/** Which state of a folder was pushed, by whom and when, as one says it after "the state". */
export function pushInWords({ folder, by, at }: Pick<Pushed, 'folder' | 'by' | 'at'>): string {
  const commit =
    folder.commit === undefined
      ? ''
      : `, commit ${shortDigest(folder.commit)}${folder.dirty === true ? ' with changes' : ''}`
  return `${shortDigest(folder.digest)}${commit}, pushed by ${by} at ${at}`
}

export function shortDigest(digest: string): string {
  return digest.slice(0, DIGEST_SHOWN)
}
