import { type Lab, readLabKey } from '../../src/app/lab/index.ts'
import { withLab } from '../../test/support/with-lab.ts'

/** Two peers and a secondary of each, so that every kind of server is there and two processors can bear them. */
const SHAPE = {
  peers: ['ns1', 'ns2'],
  groups: [
    { name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] },
    { name: 'west', follows: ['ns2', 'ns1'], servers: ['w1'] },
  ],
}

/** Of ten zones six take dynamic updates, as in the demo. */
const DYNAMIC_SHARE = 0.6

/** Makes four servers with so many zones, runs the work on them, and removes them whatever comes of it. */
export function withLargeLab<Value>(zones: number, work: (lab: Lab) => Promise<Value>): Promise<Value> {
  return withLab({ ...SHAPE, zones, zonesDynamic: Math.round(zones * DYNAMIC_SHARE) }, work)
}

/** A key of the lab, which a lab that was made has. */
export function keyOf(lab: Lab, name: Parameters<typeof readLabKey>[1]) {
  const key = readLabKey(lab.folder, name)
  if (!key.ok) throw new Error(key.error.because)
  return key.value
}
