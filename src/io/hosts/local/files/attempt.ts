import { type Failure, fail, ok, type Result } from '../../../../core/base/index.ts'
import { errnoOf, type FileAction, fileFailure } from './file-failure.ts'

/** Does `work`; a system error becomes a failure about `action`, anything else is a defect and passes through. */
export async function attempt<Value>(
  action: FileAction,
  work: () => Value | Promise<Value>,
): Promise<Result<Value, Failure>> {
  try {
    return ok(await work())
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    return fail(fileFailure(action, error))
  }
}
