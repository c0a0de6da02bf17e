import { parseObject } from '../base/index.ts'
import { PUSHED_VERSION } from './text.ts'

/** Where a checkout remembers, below its folder, from which pushed state it was made. */
export const FOLDER_BASE_PATH = '.baton/pushed.json'

/** What a checkout knows of the pushed states that it was made from, by their digests. */
export type FolderBase = {
  /** The last one that was pushed from here, or seen here to be what was pushed. */
  readonly digest?: string | undefined
  /** One whose push was begun here; somebody else may have taken it to its end. */
  readonly begun?: string | undefined
}

export function printFolderBase(base: FolderBase): string {
  return `${JSON.stringify({ version: PUSHED_VERSION, ...base })}\n`
}

/** Empty where the text is none of ours. */
export function parseFolderBase(text: string): FolderBase {
  const { version, digest, begun } = parseObject(text) ?? {}
  if (version !== PUSHED_VERSION) return {}
  return { digest: stringOf(digest), begun: stringOf(begun) }
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
