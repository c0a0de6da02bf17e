import type { LabDocument } from '../../contract/index.ts'
import { EMPTY_LINE, type Line, line, tell } from './line.ts'
import { type Column, layTable } from './table.ts'
import { wrap } from './wrap.ts'

const COLUMNS: readonly Column[] = [
  { heading: 'server', align: 'left', worth: 7 },
  { heading: 'kind', align: 'left', worth: 2 },
  { heading: 'state', align: 'left', worth: 6 },
  { heading: 'pid', align: 'right', worth: 3 },
  { heading: 'DNS', align: 'right', worth: 5 },
  { heading: 'rndc', align: 'right', worth: 1 },
  { heading: 'HTTP', align: 'right', worth: 0 },
  { heading: 'broken', align: 'left', worth: 4 },
]

/** The servers of a lab, where they listen, what was broken on purpose, and how to talk to them. */
export function labLines({ folder, fleet, servers }: LabDocument, width: number): readonly Line[] {
  const [first] = servers
  const address = first?.address ?? ''
  return [
    ...wrap([tell(fleet, 'strong'), tell(`  in ${folder}, on ${address}`)], { width, hang: 2 }),
    EMPTY_LINE,
    ...layTable(
      {
        columns: COLUMNS,
        rows: servers.map(server => [
          tell(server.server),
          tell(server.kind),
          tell(server.state, server.state === 'running' ? 'plain' : 'warning'),
          tell(server.pid === null ? '-' : String(server.pid)),
          tell(String(server.dnsPort)),
          tell(String(server.controlPort)),
          tell(String(server.statisticsPort)),
          tell(server.breaks.join(', '), 'warning'),
        ]),
      },
      width,
    ),
    EMPTY_LINE,
    ...wrap(line(`baton --fleet ${folder}/baton.yaml status`), { width, hang: 2 }),
    ...(first === undefined
      ? []
      : wrap(line(`rndc -s ${address} -p ${first.controlPort} -k ${folder}/keys/rndc.key status`), {
          width,
          hang: 2,
        })),
  ]
}
