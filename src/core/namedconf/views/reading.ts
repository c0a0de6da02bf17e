import type { Diagnostic, Result } from '../../base/index.ts'
import { fail, ok } from '../../base/index.ts'
import type { Statement } from '../tree.ts'

/** A statement read as what it is, or why it can't be. */
export type Reading<View> = Result<View, readonly Diagnostic[]>

/** Reads each statement; either all can be read, or all that is wrong is said. */
export function readEach<View>(
  statements: readonly Statement[],
  read: (statement: Statement) => Reading<View>,
): Reading<readonly View[]> {
  const views: View[] = []
  const diagnostics: Diagnostic[] = []
  for (const statement of statements) {
    const reading = read(statement)
    if (reading.ok) views.push(reading.value)
    else diagnostics.push(...reading.error)
  }
  return diagnostics.length === 0 ? ok(views) : fail(diagnostics)
}
