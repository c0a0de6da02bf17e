import { PUSHED_VERSION, parseObject } from './text.ts'

/** Where a checkout remembers, below its folder, from which pushed state it was made. */
export const FOLDER_BASE_PATH = '.baton/pushed.json'

/** The text of that memory: the digest of the folder that was last pushed from here, or seen here to be what was pushed. */
export function printFolderBase(digest: string): string {
  return `${JSON.stringify({ version: PUSHED_VERSION, digest })}\n`
}

/** Nothing where the text is none of ours. */
export function parseFolderBase(text: string): string | undefined {
  const { version, digest } = parseObject(text) ?? {}
  return version === PUSHED_VERSION && typeof digest === 'string' ? digest : undefined
}
