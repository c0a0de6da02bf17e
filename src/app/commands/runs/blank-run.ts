import type { Problem } from '../../../core/base/index.ts'
import type { RunDocument } from '../../contract/index.ts'

type BlankRun = Pick<RunDocument, 'run' | 'operation' | 'outcome' | 'because'> & {
  readonly problems?: readonly Problem[]
}

/** The document of a run that had no plan, and so took no step. */
export function blankRun({ run, operation, outcome, because, problems = [] }: BlankRun): RunDocument {
  return {
    version: 1,
    document: 'run',
    run,
    operation,
    outcome,
    set: null,
    from: null,
    to: null,
    term: null,
    leftOut: [],
    elapsedMs: 0,
    writePauseMs: null,
    writePauseAtLeastMs: null,
    unwell: false,
    because,
    remarks: [],
    rescues: [],
    problems,
  }
}
