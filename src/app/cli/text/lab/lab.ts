import type { LabDocument } from '../../../contract/index.ts'
import { EMPTY_LINE, type Line, line, tell } from '../layout/line.ts'
import { type Column, layTable } from '../layout/table.ts'
import { wrap } from '../layout/wrap.ts'

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
  const runs = servers.some(({ state }) => state === 'running')
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
    ...nextCommands(folder, runs ? first : undefined).flatMap(text => wrap(line(text), { width, hang: 2 })),
  ]
}

/** How its servers are asked, or how they are started again: nobody who has stopped a lab wants to ask it. */
function nextCommands(folder: string, server: LabDocument['servers'][number] | undefined): readonly string[] {
  if (server === undefined) return [`baton lab up --dir ${folder}`]
  const { address, controlPort } = server
  return [
    `baton --fleet ${folder}/baton.yaml status`,
    `rndc -s ${address} -p ${controlPort} -k ${folder}/keys/rndc.key status`,
  ]
}
