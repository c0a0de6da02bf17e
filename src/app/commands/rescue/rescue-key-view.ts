import type { Fleet, Server } from '../../../core/fleet/index.ts'
import { type MatchElement, parse, viewsOf } from '../../../core/namedconf/index.ts'
import type { Session } from '../session/session.ts'

/**
 * The view of a server to which a key leads, by the `match-clients` of its views in their order; nothing where an address or an
 * acl has a say, or the base does not show its views. An update that a key leads elsewhere would be written to the zone of the
 * same name in another view.
 */
export function viewOfKey({ fleet, sources }: Session, server: Server, key: string): string | undefined {
  for (const { name, matchClients } of viewsOn(fleet, server, sources.texts)) {
    const matches = matchClients === undefined ? 'yes' : matchKey(matchClients, key)
    if (matches === 'maybe') return undefined
    if (matches === 'yes') return name
  }
  return undefined
}

type ViewClients = { readonly name: string; readonly matchClients: readonly MatchElement[] | undefined }

/** Of a base that Baton makes itself, only each view's own key is known to lead anywhere. */
function viewsOn(fleet: Fleet, { base }: Server, texts: ReadonlyMap<string, string>): readonly ViewClients[] {
  const text = base === undefined ? undefined : texts.get(base)
  if (base === undefined || text === undefined) return []
  const views = viewsOf(parse(text, base).statements)
  if (!views.ok) return []
  const known = new Set(fleet.views.map(({ name }) => name))
  return views.value.every(({ name }) => known.has(name)) ? views.value : []
}

/** As named goes through the list: the first element that matches decides. */
function matchKey(elements: readonly MatchElement[], key: string): 'yes' | 'no' | 'maybe' {
  for (const { match, negated } of elements) {
    const matches = matchElement(match, key)
    if (matches === 'maybe') return 'maybe'
    if (matches === 'yes') return negated ? 'no' : 'yes'
  }
  return 'no'
}

function matchElement(match: MatchElement['match'], key: string): 'yes' | 'no' | 'maybe' {
  if (match.kind === 'key') return match.name.toLowerCase() === key.toLowerCase() ? 'yes' : 'no'
  if (match.kind === 'list') return matchKey(match.elements, key)
  const name = match.kind === 'acl' ? match.name.toLowerCase() : undefined
  return name === 'any' ? 'yes' : name === 'none' ? 'no' : 'maybe'
}
