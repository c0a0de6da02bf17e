import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lab, labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import { dynamicZones, equalContent } from './guarded-lab.ts'
import { must } from './rejoin.ts'

/** Gives every zone that takes updates so many records more, on ns1, which is active and so far as it was made; the others fetch them. */
export async function enlargeZones(lab: Lab, records: number): Promise<void> {
  await must(stopServer(lab, 'ns1'))
  const lines = Array.from({ length: records }, (_, index) => `r${index} 60 A 192.0.2.1\n`)
  for (const zone of dynamicZones(lab)) {
    const file = zoneFileOf(lab, zone)
    // With another serial, so that the others fetch it whole.
    writeFileSync(file, [readFileSync(file, 'utf8').replace(' 1 ', ' 100 '), ...lines].join(''))
  }
  await must(startServer(lab, 'ns1', 'loaded'))
  await equalContent(lab)
}

/** Where ns1 keeps a zone. */
export function zoneFileOf(lab: Lab, zone: string): string {
  return join(labServerPaths(lab.folder, 'ns1').directory, 'zones', `${zone}.db`)
}
