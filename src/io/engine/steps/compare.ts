import { type Failure, firstFew, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import { differenceInWords } from '../../../core/verify/index.ts'
import { compareContent } from '../../compare/index.ts'
import { linkTo, type RunContext, type StepReport, zonesOfSet } from '../context.ts'
import { passOverFenced } from '../pass-over.ts'
import { choosePairs } from '../zones/choose-pairs.ts'

/** Equal serials are where checking starts: digests say whether the content is equal too. */
export async function compare(
  context: RunContext,
  step: StepOf<'compare'>,
): Promise<Result<StepReport, Failure>> {
  const converged = context.outcomes.latest('converged')?.value
  const passed = await passOverFenced(
    context,
    step.servers.filter(name => name !== step.to),
  )
  if (!passed.ok) return passed
  const others = passed.value.there
  // A journal of an older Baton does not tell who converged.
  const left = converged === undefined ? [] : others.filter(name => !converged.includes(name))
  const servers = others.filter(name => !left.includes(name)).map(name => linkTo(context, name))
  const reference = linkTo(context, step.to)
  const zones = zonesOfSet(context, step.to, step.set)
  const { pairs, left: still } = choosePairs(context.outcomes.latest('moved')?.value, {
    reference,
    servers,
    zones,
  })
  const { equal, differences } = await compareContent(context.links, { reference, pairs })
  const named = differences.map(
    ({ server, zone, difference }) => `${server}: ${zone} ${differenceInWords(difference)}`,
  )
  const remarks = [
    `content equal in ${equal.length} of ${equal.length + differences.length} comparisons`,
    ...(left.length > 0 ? [`not compared, for they have not every serial: ${left.join(', ')}`] : []),
    ...(still > 0 ? [`${still} more stood still at equal serials: "baton verify" compares them`] : []),
    ...passed.value.remarks,
    ...firstFew(named),
  ]
  // A zone that is written to all the time may be behind whenever it is looked at; converging has been waited for.
  const unwell = differences.some(({ difference }) => difference.kind !== 'content-behind')
  return ok({ remarks, unwell, writesAt: undefined })
}
