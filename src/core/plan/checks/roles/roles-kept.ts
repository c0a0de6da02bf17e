import { parseState } from '../../../render/index.ts'
import type { ZoneType } from '../../../snapshot/index.ts'
import type { Check, CheckContext } from '../../check.ts'
import { involvedManaged } from '../../involved.ts'
import { refuseZones } from '../../refuse-zones.ts'

/**
 * Before a first push nothing but `first-active` says which peer is active. If that is the wrong one, the push would
 * turn the server that takes the updates into a secondary of one that never saw them.
 */
export const rolesKept: Check = {
  name: 'roles-kept',
  question: 'Does every zone keep the type it has on each server?',
  meaning:
    'A push would turn primary zones of a server into secondary ones, or the other way round. Roles change by a switchover alone.',
  remedy: 'Before a first push `first-active` in baton.yaml must name the peer that is primary now.',
  operations: ['push'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name, kind }) => {
      const roles = kind === 'peer' ? rolesRendered(context, name) : new Map<string, ZoneType>()
      return refuseZones(context, name, {
        code: 'check.roles-kept',
        isWrong: ({ rendered, seen }) => {
          const type = roles.get(rendered.set) ?? 'secondary'
          return (seen?.type === 'primary' || seen?.type === 'secondary') && seen.type !== type
        },
        words: 'primary now and would become secondary, or the other way round',
        remedy: () =>
          'Before a first push `first-active` in baton.yaml must name the peer that is primary now. Later only `baton switchover` changes roles.',
      })
    }),
}

/** Zone set → the type its zones will have on a peer, by the state file that would be written there. */
function rolesRendered({ rendered }: CheckContext, server: string): ReadonlyMap<string, ZoneType> {
  const file = rendered.get(server)?.files.find(({ path }) => path.endsWith('/baton/state'))
  const state = parseState(file?.content ?? '')
  if (!state.ok) return new Map()
  return new Map(
    [...state.value.sets].map(([set, { role }]) => [set, role === 'active' ? 'primary' : 'secondary']),
  )
}
