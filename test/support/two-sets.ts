import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'

/** Divides the zones of a fleet folder into the sets `default` and `customers`, both active where they are now. */
export function divideIntoSets(folder: string, firstActive: string): void {
  const zones = join(folder, 'zones.conf')
  const blocks = readFileSync(zones, 'utf8').match(/^zone "[^"]+" \{.*?^\};\n/gms) ?? []
  const half = Math.ceil(blocks.length / 2)
  writeFileSync(zones, blocks.slice(0, half).join(''))
  writeFileSync(join(folder, 'customers.conf'), blocks.slice(half).join(''))
  const path = join(folder, 'baton.yaml')
  const document = parseDocument(readFileSync(path, 'utf8'))
  document.delete('zones')
  document.delete('first-active')
  document.set('zone-sets', {
    default: { zones: './zones.conf', 'first-active': firstActive },
    customers: { zones: './customers.conf', 'first-active': firstActive },
  })
  writeFileSync(path, String(document))
}
