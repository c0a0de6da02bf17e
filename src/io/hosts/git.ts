import { runProgram } from './local/processes/run.ts'

/** Git answers about a folder at once; a repository on a disk that hangs must not hold up a push. */
const GIT_DEADLINE_MS = 5000

/** The commit that a folder of this machine has checked out, and whether the folder holds anything else. */
export type Checkout = { readonly commit: string; readonly dirty: boolean }

/** Nothing where the folder is not in Git, where there is no `git`, or where Git won't say. */
export async function readCheckout(folder: string): Promise<Checkout | undefined> {
  const head = await git(folder, ['rev-parse', '--verify', 'HEAD'])
  const commit = head?.exit === 0 ? head.stdout.trim() : ''
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined
  const changes = await git(folder, ['status', '--porcelain', '--', '.'])
  return changes?.exit === 0 ? { commit, dirty: changes.stdout.trim() !== '' } : undefined
}

/** Whether what the folder has checked out was made from a commit; no where Git does not know that commit. */
export async function descendsFrom(folder: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return false
  const asked = await git(folder, ['merge-base', '--is-ancestor', commit, 'HEAD'])
  return asked?.exit === 0
}

async function git(folder: string, words: readonly string[]) {
  const line = ['git', '--no-optional-locks', '-C', folder, ...words] as const
  const ran = await runProgram('here', { line, deadlineMs: GIT_DEADLINE_MS })
  return ran.ok ? ran.value : undefined
}
