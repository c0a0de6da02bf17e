import type { Problem } from '../../../core/base/index.ts'
import { fail, ok, type Refusal, type Result, refuse } from '../../../core/base/index.ts'
import { findServer } from '../../../core/fleet/index.ts'
import { isOurs } from '../../../core/snapshot/index.ts'
import { linkOf, seeMarker } from '../../../io/observe/index.ts'
import {
  indexZones,
  type RescueWorld,
  readForkRecords,
  readRescues,
  type SavedRescue,
} from '../../../io/rescue/index.ts'
import type { Session } from '../session/session.ts'

/** What is asked of the fleet before any rescue is looked at: who is active, and where failovers took over. */
export async function openRescueWorld(session: Pick<Session, 'links' | 'rendered'>): Promise<RescueWorld> {
  const { links, rendered } = session
  const [forks, actives] = await Promise.all([readForkRecords(links), findActives(session)])
  return { links, zones: indexZones(rendered), forks, actives }
}

/** Set → the one peer whose marker says that it is active; a set with two, or none, has no entry. */
async function findActives({ links }: Pick<Session, 'links'>): Promise<ReadonlyMap<string, string>> {
  const asked = links.servers.flatMap(link =>
    link.server.kind === 'peer' ? link.server.sets.map(set => ({ link, set })) : [],
  )
  const actives = new Map<string, string[]>()
  await Promise.all(
    asked.map(async ({ link, set }) => {
      const marker = await seeMarker(links, link, set)
      if (!marker.ok || !isOurs(links.fleet, link.server.name, marker.value)) return
      if (marker.value.role === 'active') actives.set(set, [...(actives.get(set) ?? []), link.server.name])
    }),
  )
  return new Map(
    [...actives].flatMap(([set, [only, ...others]]) => (only && others.length === 0 ? [[set, only]] : [])),
  )
}

/** One rescue by the name of its server and its own. */
export async function findRescue(
  { fleet, links }: Session,
  { server, place }: { readonly server: string; readonly place: string },
): Promise<Result<SavedRescue, readonly Problem[]>> {
  const known = findServer(fleet, server)
  if (!known.ok) return fail([known.error])
  const rescues = await readRescues(linkOf(links, server))
  if (!rescues.ok) return fail([rescues.error])
  const found = rescues.value.find(rescue => rescue.place === place)
  return found === undefined ? fail([notFound(server, place, rescues.value)]) : ok(found)
}

function notFound(server: string, place: string, rescues: readonly SavedRescue[]): Refusal {
  const places = rescues.map(rescue => rescue.place)
  return refuse({
    code: 'rescue.not-found',
    subject: server,
    because: `it has no rescue "${place}"`,
    remedy:
      places.length === 0
        ? `Nothing was rescued on ${server}; \`baton rescue list\` shows what was elsewhere.`
        : `It has ${places.join(', ')}: \`baton rescue show ${server} ${places[0]}\`.`,
  })
}
