import type { Fleet } from '../../fleet/index.ts'
import type { Finding } from '../finding.ts'
import type { FleetDocument } from '../schema.ts'
import type { FleetCheck } from './check.ts'
import { setPath } from './set-path.ts'

/** The zones are described at the top or in `zone-sets`, and each file of zones in one set only. */
export const checkSets: FleetCheck = ({ fleet, document }) => {
  if (document['zone-sets'] !== undefined)
    return [...checkTopUnused(document), ...checkFiles(fleet, document)]
  return [
    ...(document.zones === undefined ? [missingAtTop('zones')] : []),
    ...(document['first-active'] === undefined ? [missingAtTop('first-active')] : []),
  ]
}

function checkTopUnused(document: FleetDocument): Finding[] {
  const empty = Object.keys(document['zone-sets'] ?? {}).length === 0
  const said = (['zones', 'first-active'] as const).filter(key => document[key] !== undefined)
  return [
    ...said.map(key =>
      mixed([key], `\`${key}\` is said in each set of \`zone-sets\`, not at the top as well.`),
    ),
    ...(empty ? [mixed(['zone-sets'], '`zone-sets` describes no set.')] : []),
  ]
}

function missingAtTop(key: string): Finding {
  return mixed([], `Without \`zone-sets\`, the file must say \`${key}\`.`)
}

function mixed(path: string[], message: string): Finding {
  return { code: 'fleet.zones-and-sets', severity: 'error', path, about: 'key', message }
}

function checkFiles(fleet: Fleet, document: FleetDocument): Finding[] {
  const owners = new Map<string, string>()
  return fleet.zoneSets.flatMap(set =>
    set.zones.flatMap(({ view, file }): Finding[] => {
      const owner = owners.get(file) ?? set.name
      owners.set(file, owner)
      if (owner === set.name) return []
      return [
        {
          code: 'fleet.zones-in-two-sets',
          severity: 'error',
          path: [...setPath(document, set.name), 'zones', ...(view === undefined ? [] : [view])],
          about: 'value',
          message: `Zone sets \`${owner}\` and \`${set.name}\` name the same file of zones, ${file}.`,
        },
      ]
    }),
  )
}
