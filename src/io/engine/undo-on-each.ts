import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { UndoContext } from './context.ts'

/**
 * Removes what a step has laid beside on several servers, wherever that can be done. What stays on a disk that can't be written is told and
 * stops nothing: nobody's role and nobody's zones hang on it. Only a run that somebody else holds by now removes nothing more.
 */
export async function undoOnEach(
  context: UndoContext,
  servers: readonly string[],
  undo: (server: string) => Promise<Result<void, Failure>>,
): Promise<Result<void, Failure>> {
  for (const server of lessLost(context, servers)) {
    const undone = await undo(server)
    if (undone.ok) continue
    if (undone.error.code === 'hosts.deposed') return undone
    const held = await context.stillHeld()
    if (!held.ok) return held
    context.tell(`what this step laid beside on ${server} stays: ${undone.error.because}`)
  }
  return ok(undefined)
}

/** The servers of a step that are not lost; what stays on the others is told. */
export function lessLost({ without, tell }: UndoContext, servers: readonly string[]): readonly string[] {
  const lost = servers.filter(name => without.includes(name))
  if (lost.length > 0) tell(`what this step laid beside on ${lost.join(', ')} stays: nothing is asked there`)
  return servers.filter(name => !without.includes(name))
}
