import { randomBytes } from 'node:crypto'
import { appendFileSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'

/** The first zone of a lab, which is in both views and edited as a file. */
const BOTH = 'z1.example'

/**
 * Divides a fleet folder into the views `internal`, which has all zones and is reached by a key of its own and that of updates, and
 * `external`, which has other content for the first of them. Files of new zones are put where the active looks for them.
 */
export function divideIntoViews(folder: string, active: string): void {
  const text = readFileSync(join(folder, 'zones.conf'), 'utf8')
  const both = /^zone "[^"]+" \{.*?^\};\n/ms.exec(text)?.[0] ?? ''
  writeFileSync(join(folder, 'internal.conf'), text)
  writeFileSync(join(folder, 'external.conf'), both.replace('zones/', 'zones/external.'))
  const zones = join(folder, 'servers', active, 'var', 'zones')
  copyFileSync(join(zones, `${BOTH}.db`), externalFile(folder, active))
  const secret = randomBytes(32).toString('base64')
  const key = `key "view-internal" { algorithm hmac-sha256; secret "${secret}"; };\n`
  writeFileSync(join(folder, 'keys', 'view-internal.key'), key)
  for (const base of readdirSync(join(folder, 'base'))) appendFileSync(join(folder, 'base', base), VIEWS)
  const path = join(folder, 'baton.yaml')
  const document = parseDocument(readFileSync(path, 'utf8'))
  document.set('zones', { internal: './internal.conf', external: './external.conf' })
  document.set('views', { internal: { key: 'view-internal' }, external: {} })
  document.setIn(['keys', 'view-internal'], './keys/view-internal.key')
  writeFileSync(path, String(document))
}

/** The file of the zone that differs between the views, on a server. */
export function externalFile(folder: string, server: string): string {
  return join(folder, 'servers', server, 'var', 'zones', `external.${BOTH}.db`)
}

/** From now on Baton only watches a secondary, and writes nothing there. */
export function leaveUnmanaged(folder: string, server: string): void {
  const path = join(folder, 'baton.yaml')
  const document = parseDocument(readFileSync(path, 'utf8'))
  document.setIn(['servers', server, 'managed'], false)
  writeFileSync(path, String(document))
}

const VIEWS = `
view "internal" { match-clients { key "view-internal"; key "writer"; }; };
view "external" { match-clients { any; }; };
`
