import type { Finding } from '../finding.ts'
import type { FleetCheck } from './check.ts'
import { setPath } from './set-path.ts'

/** With views every zone is in one of them, and every view has zones; without views none is. */
export const checkViews: FleetCheck = ({ fleet, document }) => {
  const named = new Set(fleet.zoneSets.flatMap(set => set.zones.map(({ view }) => view)))
  const viewless = fleet.zoneSets.filter(set => set.zones.some(({ view }) => view === undefined))
  if (fleet.views.length === 0) return []
  return [
    ...viewless.map(set =>
      mismatch([...setPath(document, set.name), 'zones'], `The zones of set \`${set.name}\` are in no view.`),
    ),
    ...fleet.views
      .filter(({ name }) => viewless.length === 0 && !named.has(name))
      .map(({ name }) => mismatch(['views', name], `View \`${name}\` has no zones.`)),
  ]
}

function mismatch(path: string[], message: string): Finding {
  return { code: 'fleet.views-mismatch', severity: 'error', path, about: 'key', message }
}
