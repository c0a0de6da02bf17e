import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Defect, type Failure, ok, type Result, type SharedKey, VERSION } from '../../core/base/index.ts'
import type { Fleet } from '../../core/fleet/index.ts'
import { parseFleet } from '../../core/fleetfile/index.ts'
import {
  digestsOf,
  FOLDER_BASE_PATH,
  folderDigest,
  PUSHED_MODE,
  PUSHED_PATH,
  PUSHED_ZONES_PATH,
  printFolderBase,
  printPushed,
  recordOf,
} from '../../core/pushed/index.ts'
import {
  firstStandings,
  type Release,
  type RenderedServer,
  render,
  type Sources,
} from '../../core/render/index.ts'
import { onDisk } from './disk.ts'
import { LAB_KEYS, readLabKey } from './keys.ts'
import { labPaths, labServerPaths } from './layout.ts'
import type { Lab } from './record.ts'

/** Renders the fleet as `baton render` would, and puts every file where its server reads it. */
export function installRendered(lab: Lab, release: Release): Result<void, Failure> {
  const read = readSources(lab, release)
  if (!read.ok) return read
  const fleet = labFleet(lab)
  if (!fleet.ok) return fleet
  const since = `${new Date().toISOString().slice(0, 19)}Z`
  const rendered = render(fleet.value, read.value, firstStandings(fleet.value, since))
  if (!rendered.ok) throw new Defect(`the fleet of a lab does not render: ${JSON.stringify(rendered.error)}`)
  const { servers } = rendered.value
  const files = [...servers.values()].flatMap(server => server.files)
  for (const file of [...files, ...recordFiles(lab, fleet.value, { sources: read.value, servers, since })]) {
    const written = onDisk(file.path, () => {
      mkdirSync(dirname(file.path), { recursive: true })
      writeFileSync(file.path, file.content, { mode: file.mode })
    })
    if (!written.ok) return written
  }
  return ok(undefined)
}

type FirstPush = {
  readonly sources: Sources
  readonly servers: ReadonlyMap<string, RenderedServer>
  readonly since: string
}

/** What a push would have written down on every peer, and here. */
function recordFiles(lab: Lab, fleet: Fleet, { sources, servers, since }: FirstPush) {
  const { folder } = lab
  const { texts, keys } = sources
  const fleetFile = readFileSync(labPaths(folder).fleet, 'utf8')
  const { pushed, zones } = recordOf(
    fleet,
    { servers, digests: digestsOf(servers.values()) },
    {
      folder: {
        digest: folderDigest({ folder, fleetFile, texts, keys }),
        commit: undefined,
        dirty: undefined,
      },
      parent: undefined,
      by: 'the lab',
      at: since,
      baton: VERSION,
      fleetFile,
    },
  )
  const base = {
    path: join(folder, FOLDER_BASE_PATH),
    content: printFolderBase({ digest: pushed.folder.digest }),
    mode: 0o600,
  }
  const onPeers = fleet.servers
    .filter(({ kind }) => kind === 'peer')
    .flatMap(({ paths: { configuration } }) => [
      { path: `${configuration}/${PUSHED_ZONES_PATH}`, content: zones, mode: PUSHED_MODE },
      { path: `${configuration}/${PUSHED_PATH}`, content: printPushed(pushed), mode: PUSHED_MODE },
    ])
  return [...onPeers, base]
}

/** The fleet of the lab, from its `baton.yaml`. */
export function labFleet(lab: Lab): Result<Fleet, Failure> {
  const path = labPaths(lab.folder).fleet
  const text = onDisk(path, () => readFileSync(path, 'utf8'))
  if (!text.ok) return text
  const fleet = parseFleet(text.value, path)
  if (!fleet.ok) throw new Defect(`the fleet file of a lab is wrong: ${JSON.stringify(fleet.error)}`)
  return ok(fleet.value)
}

function readSources(lab: Lab, release: Release): Result<Sources, Failure> {
  const { zones, shared } = labPaths(lab.folder)
  const bases = lab.servers.map(server => labServerPaths(lab.folder, server.name).base)
  const texts = new Map<string, string>()
  for (const path of [zones, shared, ...bases]) {
    const text = onDisk(path, () => readFileSync(path, 'utf8'))
    if (!text.ok) return text
    texts.set(path, text.value)
  }
  const keys = new Map<string, SharedKey>()
  for (const name of LAB_KEYS) {
    const key = readLabKey(lab.folder, name)
    if (!key.ok) return key
    keys.set(name, key.value)
  }
  return ok({ texts, keys, releases: new Map(lab.servers.map(server => [server.name, release])) })
}
