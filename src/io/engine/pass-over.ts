import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RunGround } from './context.ts'
import { fencesInRun } from './see-no-other-active.ts'

/** Of the servers of a step, those where it does its work. */
export type PassedOver = {
  readonly there: readonly string[]
  /** One sentence where somebody is passed over. */
  readonly remarks: readonly string[]
}

/**
 * A peer that a person fenced when the run was taken up is asked nothing and given nothing: nobody holds the run there. It learns all of
 * it when it rejoins.
 */
export async function passOverFenced(
  context: RunGround,
  servers: readonly string[],
): Promise<Result<PassedOver, Failure>> {
  const { handover } = context.plan
  const fenced =
    handover === undefined ? ok(new Map<string, unknown>()) : await fencesInRun(context, handover.to)
  if (!fenced.ok) return fenced
  const there = servers.filter(name => !fenced.value.has(name))
  const passed = servers.filter(name => fenced.value.has(name))
  const verb = passed.length === 1 ? 'is' : 'are'
  return ok({
    there,
    remarks: passed.length === 0 ? [] : [`${passed.join(', ')} ${verb} fenced, and passed over`],
  })
}
