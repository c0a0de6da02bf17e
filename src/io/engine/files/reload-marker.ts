import type { Failure, Result } from '../../../core/base/index.ts'
import { markerOf } from '../../../core/fleet/index.ts'
import type { ServerLink } from '../../observe/index.ts'
import type { RunContext } from '../context.ts'
import { command } from '../control.ts'

/** A reconfig keeps a zone whose type and file are the same, however new the file is: a new term has to be asked for. */
export function reloadMarker(
  context: RunContext,
  link: ServerLink,
  set: string,
): Promise<Result<void, Failure>> {
  const { fleet } = context.links
  const zone = { name: markerOf(fleet, set), view: fleet.views[0]?.name }
  return command(link, { kind: 'reload', zone })
}
