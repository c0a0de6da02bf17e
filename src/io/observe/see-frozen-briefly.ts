import { type Clock, type Failure, ok, type Result } from '../../core/base/index.ts'
import { zoneId } from '../../core/snapshot/index.ts'
import { zoneStatuses } from '../net/index.ts'
import type { ServerLink } from './link.ts'
import { referenceTo, type ZoneName } from './see-frozen.ts'

/** Which of the zones that were asked about are frozen, and how far that came. */
export type SeenBriefly = {
  /** By `zoneId`. */
  readonly frozen: readonly string[]
  /** By `zoneId`, in the order in which they were asked. */
  readonly asked: readonly string[]
}

/** Asks about one zone after another until the time is over, in milliseconds; what is left was not asked. */
export async function seeFrozenBriefly(
  link: ServerLink,
  zones: readonly ZoneName[],
  { clock, budgetMs }: { readonly clock: Clock; readonly budgetMs: number },
): Promise<Result<SeenBriefly, Failure>> {
  const control = await link.control()
  if (!control.ok) return control
  const until = clock.elapsed() + budgetMs
  function* inTime() {
    for (const zone of zones) {
      if (clock.elapsed() >= until) return
      yield referenceTo(zone)
    }
  }
  const answers = await zoneStatuses(control.value, inTime())
  if (!answers.ok) return answers
  const asked = zones.slice(0, answers.value.length).map(({ name, view }) => zoneId(name, view))
  const frozen = asked.filter((_, index) => {
    const status = answers.value[index]?.status
    return status?.ok === true && status.value.dynamic && status.value.frozen
  })
  return ok({ frozen, asked })
}
