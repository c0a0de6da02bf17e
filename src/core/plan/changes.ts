import type { FileChange } from './plan.ts'

export type RoleFile = { readonly content: string; readonly mode: number }

/** The contents of one peer's small files at one moment, by path. */
export type RoleFiles = ReadonlyMap<string, RoleFile>

/** Only files whose content differs; `named.conf` last, because it is what makes the others count. */
export function changesBetween(earlier: RoleFiles, later: RoleFiles): readonly FileChange[] {
  return [...later]
    .map(([path, { content, mode }]) => ({ path, mode, content, before: earlier.get(path)?.content }))
    .filter(({ content, before }) => content !== before)
    .sort((left, right) => rank(left.path) - rank(right.path) || (left.path < right.path ? -1 : 1))
}

function rank(path: string): number {
  return path.endsWith('/named.conf') ? 1 : 0
}
