import type { Plan, StagedFile } from '../../../core/plan/index.ts'
import { digestOf } from '../../../core/pushed/index.ts'

/** The files of a server that a push is to replace, as they were when it was planned. */
export type FilesReplaced = {
  readonly server: string
  readonly files: readonly Pick<StagedFile, 'path' | 'digestBefore'>[]
}

export function filesReplaced({ steps }: Pick<Plan, 'steps'>): readonly FilesReplaced[] {
  return steps.flatMap((step): readonly FilesReplaced[] => {
    if (step.kind === 'stage') return [{ server: step.server, files: step.files }]
    if (step.kind !== 'record') return []
    const { path, before } = step.pushed
    const digestBefore = before === undefined ? undefined : digestOf(before)
    return [{ server: step.server, files: [step.zones, { path, digestBefore }] }]
  })
}
