import {
  countOf,
  type Failure,
  listFew,
  ok,
  parseDomainName,
  type Refusal,
  type Result,
  refuse,
} from '../../../core/base/index.ts'
import type { StagedFile } from '../../../core/plan/index.ts'
import { zoneId } from '../../../core/snapshot/index.ts'
import { batonFolder, linkOf, type ZoneName } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/** What a push would take from a peer. */
export type ZonesLeaving = { readonly server: string; readonly ids: readonly string[]; readonly all: boolean }

/** The zones that Baton manages on the peers by what was pushed before, and that the fleet folder no longer has. */
export async function findLeaving(
  session: Session,
  files: ReadonlyMap<string, readonly StagedFile[]>,
): Promise<Result<readonly ZonesLeaving[], Failure>> {
  const leaving: ZonesLeaving[] = []
  for (const [server, changed] of files) {
    const { host, server: peer } = linkOf(session.links, server)
    const path = `${batonFolder(peer)}/guard.zones`
    const file = changed.find(one => one.path === path)
    if (file?.digestBefore === undefined) continue
    const read = await host.read(path)
    if (!read.ok) return read
    const before = zonesIn(new TextDecoder().decode(read.value))
    const gone = withoutKept(before, session.rendered.get(server)?.zones ?? [])
    const ids = gone.map(({ name, view }) => zoneId(name, view))
    if (ids.length > 0) leaving.push({ server, ids, all: ids.length === before.length })
  }
  return ok(leaving)
}

/** A line a zone, with tabs between: zone set, zone, view. */
function zonesIn(text: string): readonly ZoneName[] {
  return text.split('\n').flatMap(line => {
    const [, name = '', view] = line.split('\t')
    const parsed = parseDomainName(name)
    return parsed.ok && view !== undefined ? [{ name: parsed.value, view }] : []
  })
}

/** One whose view is there no more, as where a fleet is divided into views, is kept in any other. */
function withoutKept(before: readonly ZoneName[], kept: readonly ZoneName[]): readonly ZoneName[] {
  const ids = new Set(kept.map(({ name, view }) => zoneId(name, view)))
  const names = new Set(kept.map(({ name }) => name))
  const views = new Set(kept.map(({ view }) => view))
  return before.filter(
    ({ name, view }) => !ids.has(zoneId(name, view)) && (views.has(view) || !names.has(name)),
  )
}

export function leavingInWords({ server, ids }: ZonesLeaving): string {
  return `${server}: ${countOf(ids.length, 'zone')} no longer in the fleet folder: ${listFew(ids)}. named forgets them; their files stay.`
}

/** A list of zones that a full disk, or a slip, has emptied looks like this. */
export function refuseAll({ server, ids }: ZonesLeaving): Refusal {
  return refuse({
    code: 'cli.no-zone-left',
    subject: server,
    because: `the fleet folder no longer lists any of the ${countOf(ids.length, 'zone')} that ${server} serves, ${listFew(ids)} among them`,
    remedy:
      'Put the list of zones back. If all of them are to go, leave one in, and remove that by hand in the end.',
  })
}
