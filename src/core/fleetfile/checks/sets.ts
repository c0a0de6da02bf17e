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
    ...(document.zones === undefined ? [missingAtTop('zones', './zones.conf')] : []),
    ...(document['first-active'] === undefined ? [missingAtTop('first-active', firstPeer(fleet))] : []),
  ]
}

function firstPeer(fleet: Fleet): string {
  return fleet.servers.find(({ kind }) => kind === 'peer')?.name ?? 'ns1'
}

function checkTopUnused(document: FleetDocument): Finding[] {
  const empty = Object.keys(document['zone-sets'] ?? {}).length === 0
  const said = (['zones', 'first-active'] as const).filter(key => document[key] !== undefined)
  return [
    ...said.map(key =>
      mixed({
        path: [key],
        message: `\`${key}\` is said in each set of \`zone-sets\`, not at the top as well.`,
        remedy: empty
          ? 'Remove `zone-sets`, or describe the set there.'
          : 'Remove it here. Zones that are in no set yet go into one of their own.',
      }),
    ),
    ...(empty
      ? [
          mixed({
            path: ['zone-sets'],
            message: '`zone-sets` describes no set.',
            remedy:
              'Describe one, as in `default: { zones: ./zones.conf, first-active: ns1 }`, or say `zones` and `first-active` at the top in its place.',
          }),
        ]
      : []),
  ]
}

function missingAtTop(key: string, value: string): Finding {
  const message = `Without \`zone-sets\`, the file must say \`${key}\`.`
  return mixed({ path: [], message, remedy: `Add it, as in \`${key}: ${value}\`.` })
}

function mixed(what: Pick<Finding, 'path' | 'message' | 'remedy'>): Finding {
  return { code: 'fleet.zones-and-sets', severity: 'error', about: 'key', ...what }
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
          remedy: `Give \`${set.name}\` a file of its own, and each zone one set.`,
        },
      ]
    }),
  )
}
