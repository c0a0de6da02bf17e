import { countOf, type Failure, fail, failure, listFew, ok, type Result } from '../../../core/base/index.ts'
import type { StepOf } from '../../../core/plan/index.ts'
import type { RenderedZone } from '../../../core/render/index.ts'
import { keepsBothSignatures, rolloversIn } from '../../../core/snapshot/index.ts'
import { type ServerLink, seeKeyStates, seeNamed, seeSigningKeys } from '../../observe/index.ts'
import { linkTo, type RunContext } from '../context.ts'

/** The new active has the DNSSEC keys of the old one, and would sign with the one that the parent's DS names. */
export async function proveSigningKeys(
  context: RunContext,
  step: StepOf<'catch-up'>,
  zones: readonly RenderedZone[],
): Promise<Result<void, Failure>> {
  if (!zones.some(({ signing }) => signing)) return ok(undefined)
  const target = linkTo(context, step.server)
  const [here, there] = await Promise.all([
    seeSigningKeys(linkTo(context, step.from), zones),
    seeSigningKeys(target, zones),
  ])
  if (!here.ok) return here
  if (!there.ok) return there
  const different = [...here.value].find(([file, digest]) => there.value.get(file) !== digest)
  if (different === undefined) return proveSettled(target, zones)
  return fail(
    failure({
      code: 'engine.signing-keys-differ',
      subject: step.server,
      because: `the DNSSEC key file ${different[0]} is not there as on ${step.from}`,
      remedy: `Copy the K* files of the key directory from ${step.from}, then try again.`,
    }),
  )
}

/** The checks asked this too, but a rollover may have begun since: a run may lie for days before somebody resumes it. */
async function proveSettled(
  target: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<void, Failure>> {
  const named = await seeNamed(target)
  if (!named.ok) return named
  if (keepsBothSignatures(named.value.version)) return ok(undefined)
  const keys = await seeKeyStates(target, zones)
  if (!keys.ok) return keys
  const { under, unknown } = rolloversIn(keys.value)
  const wrong = [...under.map(({ zone }) => zone), ...unknown.map(({ key }) => key.zone)]
  if (wrong.length === 0) return ok(undefined)
  return fail(
    failure({
      code: 'engine.keys-unsettled',
      subject: target.server.name,
      because: `a KSK or CSK of ${countOf(wrong.length, 'zone')} is being replaced, or its key files do not say: ${listFew(wrong)}`,
      remedy: 'Run `baton rollback`. Then repeat `baton check` until it says that a promotion is safe.',
    }),
  )
}
