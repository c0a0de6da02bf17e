import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as yieldTurn } from 'node:timers/promises'
import { type Failure, ok, type Result } from '../../core/base/index.ts'
import { onDisk } from './disk.ts'
import { labServerPaths } from './layout.ts'
import type { Lab } from './record.ts'
import { labZones, seedText } from './zones.ts'

/** So many files are written in one go, before others get their turn. */
const FILES_PER_TURN = 500

/**
 * Gives every server the same first content of every zone. A secondary that had to fetch 20,000 zones would take minutes;
 * a file in its place takes it a fraction of a millisecond.
 */
export async function seedServers(lab: Lab): Promise<Result<void, Failure>> {
  const text = Buffer.from(seedText(lab.plan))
  const zones = labZones(lab.plan)
  for (const server of lab.servers) {
    const { directory } = labServerPaths(lab.folder, server.name)
    const folders = new Set(zones.map(zone => dirname(join(directory, zone.file))))
    const made = onDisk(directory, () => {
      for (const folder of folders) mkdirSync(folder, { recursive: true })
    })
    if (!made.ok) return made
    for (let at = 0; at < zones.length; at += FILES_PER_TURN) {
      const written = onDisk(directory, () => {
        for (const zone of zones.slice(at, at + FILES_PER_TURN))
          writeFileSync(join(directory, zone.file), text)
      })
      if (!written.ok) return written
      await yieldTurn()
    }
  }
  return ok(undefined)
}
