import { type Failure, fail, ok, type Result } from '../../core/base/index.ts'
import type { JournalCopy } from './copy.ts'

/** What a run may be called: it is the name of a folder. */
const RUN_NAME = /^[0-9A-Za-z][0-9A-Za-z.-]*$/

/** The runs that any of the copies has on record, oldest first; a failure where one copy does not tell. */
export async function listRuns(copies: readonly JournalCopy[]): Promise<Result<readonly string[], Failure>> {
  const lists = await Promise.all(copies.map(copy => copy.files.list(runsFolder(copy))))
  const names = new Set<string>()
  for (const list of lists) {
    if (!list.ok) return fail(list.error)
    for (const name of list.value) if (RUN_NAME.test(name)) names.add(name)
  }
  return ok([...names].toSorted())
}

export function runsFolder({ folder }: Pick<JournalCopy, 'folder'>): string {
  return `${folder}/runs`
}
