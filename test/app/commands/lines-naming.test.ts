import { expect, it } from 'vitest'
import { linesNaming } from '../../../src/app/commands/session/lines-naming.ts'

const TEXT = `fleet: ns3-fleet
groups:
  east: { follows: [ns1, ns3] } # ns3 last
servers:
  ns3:
    address: ns3.example
  ns33: { }
  old-ns3: { }
# ns3 is in Graz`

it.each([
  ['ns3', [3, 5, 9]],
  ['ns33', [7]],
  ['ns3.example', [6]],
  ['ns4', []],
] as const)('%s is named in the lines %j', (server, lines) => {
  expect(linesNaming(TEXT, server)).toEqual(lines)
})
