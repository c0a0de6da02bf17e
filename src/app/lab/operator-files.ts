import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { baseConf, sharedConf } from './configuration.ts'
import { onDisk } from './disk.ts'
import { fleetText } from './fleet-file.ts'
import { createKey, keyText, LAB_KEYS } from './keys.ts'
import { labPaths, labServerPaths } from './layout.ts'
import type { Lab } from './record.ts'
import { labZones, zonesConf } from './zones.ts'

const SECRET_MODE = 0o600
const SECRET_FOLDER_MODE = 0o700

/** Writes what an operator would have written: `baton.yaml`, keys, zone blocks, what is shared, each server's base. */
export function writeFleetFiles(lab: Lab): Result<void, Failure> {
  const paths = labPaths(lab.folder)
  const folders = onDisk(lab.folder, () => {
    mkdirSync(paths.keys, { mode: SECRET_FOLDER_MODE })
    mkdirSync(paths.bases)
    for (const server of lab.servers) {
      const own = labServerPaths(lab.folder, server.name)
      mkdirSync(own.configuration, { recursive: true })
      mkdirSync(own.directory)
    }
  })
  if (!folders.ok) return folders
  const files = [
    { path: paths.fleet, text: fleetText(lab) },
    { path: paths.zones, text: zonesConf(labZones(lab.plan)) },
    { path: paths.shared, text: sharedConf() },
    ...lab.servers.map(server => {
      const own = labServerPaths(lab.folder, server.name)
      return { path: own.base, text: baseConf(server, own) }
    }),
    ...LAB_KEYS.map(name => ({
      path: join(paths.keys, `${name}.key`),
      text: keyText(createKey(name)),
      mode: SECRET_MODE,
    })),
  ]
  for (const { path, text, mode } of files.map(file => ({ mode: 0o644, ...file }))) {
    const written = onDisk(path, () => writeFileSync(path, text, { mode }))
    if (!written.ok) return written
  }
  return ok(undefined)
}
