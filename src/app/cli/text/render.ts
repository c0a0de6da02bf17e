import type { RenderDocument } from '../../contract/index.ts'
import { type Line, line, tell } from './layout/line.ts'
import { layTable } from './layout/table.ts'

/** What was written where. */
export function renderLines({ folder, servers }: RenderDocument, width: number): readonly Line[] {
  return [
    line(folder, 'strong'),
    ...layTable(
      {
        columns: [
          { heading: 'server', align: 'left', worth: 3 },
          { heading: 'zones', align: 'right', worth: 1 },
          { heading: 'files', align: 'right', worth: 2 },
        ],
        rows: servers.map(({ server, zones, files }) => [
          tell(server),
          tell(String(zones)),
          tell(String(files.length)),
        ]),
      },
      width,
    ),
  ]
}
