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
      mismatch({
        path: [...setPath(document, set.name), 'zones'],
        message: `The zones of set \`${set.name}\` are in no view.`,
        remedy: `Write a file for each view, as in \`zones: { ${fleet.views[0]?.name}: ./zones.conf }\`.`,
      }),
    ),
    ...fleet.views
      .filter(({ name }) => viewless.length === 0 && !named.has(name))
      .map(({ name }) =>
        mismatch({
          path: ['views', name],
          message: `View \`${name}\` has no zones.`,
          remedy: `Add \`${name}\` with a file under \`zones\`, or remove the view.`,
        }),
      ),
  ]
}

function mismatch(what: Pick<Finding, 'path' | 'message' | 'remedy'>): Finding {
  return { code: 'fleet.views-mismatch', severity: 'error', about: 'key', ...what }
}
