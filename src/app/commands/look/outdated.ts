import { changesWithRole } from '../../../core/pushed/index.ts'
import type { Basis, Outdated } from '../session/folder-basis.ts'
import { newestPushes } from '../session/last-pushes.ts'
import { basisFromPushes, type PushedReading } from '../session/pushed-basis.ts'
import type { RenderingOrder } from '../session/remembered-rendering.ts'

/**
 * What was pushed, where it was this very folder and would be rendered otherwise now: by another version of Baton, or because
 * named is of another release since. Nobody edited anything then, so nothing has to be mended before the fleet is operated.
 */
export async function preferPushed(
  basis: Basis,
  order: RenderingOrder,
  reading: PushedReading,
): Promise<Basis> {
  const [last, ...others] = newestPushes(reading.pushes)
  if (last === undefined) return withoutGuards(basis)
  if (others.length > 0 || last.folder.digest !== reading.folder.digest) return basis
  const outdated = new Map<string, Outdated>()
  for (const { name, kind } of order.fleet.servers) {
    const pushed = last.servers.get(name)
    const digests = basis.expected.get(name)?.digests
    if (pushed === undefined || digests === undefined) continue
    const paths = [...new Set([...pushed.keys(), ...digests.keys()])].filter(
      path => !(kind === 'peer' && changesWithRole(path)) && pushed.get(path)?.digest !== digests.get(path),
    )
    if (paths.length > 0) outdated.set(name, { paths, baton: last.baton })
  }
  if (outdated.size === 0) return basis
  const pushed = await basisFromPushes(order, reading)
  return pushed === undefined ? basis : { ...pushed, outdated, warnings: basis.warnings }
}

/**
 * Where no peer has a record of the last push an older Baton made it, and its guards are not ours. Nobody edits those by hand; a push
 * brings them up to date, as the missing record says.
 */
function withoutGuards(basis: Basis): Basis {
  const expected = [...basis.expected].map(([server, own]) => {
    const digests =
      own.digests && new Map([...own.digests].filter(([path]) => !path.endsWith('/baton/guard')))
    return [server, { ...own, digests }] as const
  })
  return { ...basis, expected: new Map(expected) }
}
