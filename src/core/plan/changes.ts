import type { FileChange } from './plan.ts'

export type RoleFile = { readonly content: string; readonly mode: number }

/** The contents of one peer's small files at one moment, by path. */
export type RoleFiles = ReadonlyMap<string, RoleFile>

/** Every file, whether it differs or not: for a server on which nobody knows which of them were replaced. */
export function allChanges(earlier: RoleFiles, later: RoleFiles): readonly FileChange[] {
  return every(earlier, later).map(change => ({ ...change, replaces: 'anything' }))
}

/** Only files whose content differs; `named.conf` last, because it is what makes the others count. */
export function changesBetween(earlier: RoleFiles, later: RoleFiles): readonly FileChange[] {
  return every(earlier, later).filter(({ content, before }) => content !== before)
}

function every(earlier: RoleFiles, later: RoleFiles): readonly FileChange[] {
  return inOrder(
    [...later].map(([path, { content, mode }]) => ({
      path,
      mode,
      content,
      before: earlier.get(path)?.content,
    })),
  )
}

function inOrder(changes: readonly FileChange[]): readonly FileChange[] {
  return changes.toSorted(
    (left, right) => rank(left.path) - rank(right.path) || (left.path < right.path ? -1 : 1),
  )
}

function rank(path: string): number {
  return path.endsWith('/named.conf') ? 1 : 0
}
