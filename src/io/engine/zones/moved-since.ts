import type { StepOutcome } from '../../../core/plan/index.ts'
import type { CheckedSerials, ServerSerials } from '../context.ts'

/**
 * Per server the zones that did not stand still since the checks: they have another serial than then, or than `to` has now. Nothing
 * in a resumed run, which does not know how they stood then.
 */
export function movedSince(
  checked: CheckedSerials | undefined,
  { to, converged }: { readonly to: string; readonly converged: ServerSerials },
): Pick<StepOutcome, 'moved'> {
  if (checked === undefined) return {}
  const reference = converged.get(to)
  const moved = [...converged].map(([server, serials]) => {
    const before = checked.serials.get(server)
    const ids = [...serials].flatMap(([id, serial]) =>
      before?.get(id) === serial && reference?.get(id) === serial ? [] : [id],
    )
    return [server, ids] as const
  })
  return { moved: Object.fromEntries(moved) }
}
