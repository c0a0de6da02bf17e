import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Document, parseDocument } from 'yaml'
import { findRecords } from '../../src/app/commands/push/find-records.ts'
import { zonesBeside } from '../../src/app/commands/runs/run-record.ts'
import { openSession, type Session } from '../../src/app/commands/session/session.ts'
import { labServerPaths, startServer, stopLab } from '../../src/app/lab/index.ts'
import { beginStory, type Story } from './story.ts'

/** What a lab is made to be that no lab is by itself: with views, or several zone sets. */
export type Remaking = {
  /** Changes what `baton.yaml` says. */
  readonly fleet: (document: Document) => void
  /** More files of the operator's, by path from the folder of `baton.yaml`. */
  readonly files: Readonly<Record<string, string>>
  /** What stands at the end of every base. */
  readonly base: string
  /** Zone files that every server begins with, by path from named's folder. */
  readonly zones: Readonly<Record<string, string>>
}

/** Two peers and a secondary with another fleet file, started anew; their zones are loaded soon after. */
export async function beginRemade({ fleet, files, base, zones }: Remaking): Promise<Story> {
  const story = await beginStory()
  const { lab, fleetFile } = story
  await done(stopLab(lab.folder))
  const document = parseDocument(readFileSync(fleetFile, 'utf8'))
  fleet(document)
  writeFileSync(fleetFile, String(document))
  for (const [path, text] of Object.entries(files)) write(join(lab.folder, path), text)
  for (const { name } of lab.servers) {
    const paths = labServerPaths(lab.folder, name)
    writeFileSync(paths.base, `${readFileSync(paths.base, 'utf8')}${base}`)
    for (const [path, text] of Object.entries(zones)) write(join(paths.directory, path), text)
  }
  const session = await openSession({ fleetFile })
  if (!session.ok) throw new Error(JSON.stringify(session.error))
  for (const { files: rendered } of session.value.rendered.values())
    for (const file of rendered) write(file.path, file.content)
  await writeRecords(session.value)
  await session.value.close()
  for (const { name } of lab.servers) await done(startServer(lab, name, 'answering'))
  return story
}

/** What a push of it would have written down on every peer: a failover goes by that. */
async function writeRecords(session: Session): Promise<void> {
  const records = await findRecords(session)
  if (!records.ok) throw new Error(JSON.stringify(records.error))
  const lists = zonesBeside(session).content
  for (const { zones, pushed } of records.value) {
    write(zones.path, lists)
    write(pushed.path, pushed.content)
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

async function done(what: Promise<{ readonly ok: boolean }>): Promise<void> {
  const result = await what
  if (!result.ok) throw new Error(JSON.stringify(result))
}
