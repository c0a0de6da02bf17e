import { fail, isObject, ok, parseObject, type Result } from '../base/index.ts'
import type { Pushed, PushedFile, PushedFolder } from './pushed.ts'

/** The version of the format below. */
export const PUSHED_VERSION = 1

/** Why a text is no record of a push that this Baton can read. */
export type PushedProblem =
  | { readonly kind: 'newer'; readonly version: number }
  /** `because` fits after "because". */
  | { readonly kind: 'unreadable'; readonly because: string }

/** The text of `baton/pushed`: JSON, in the order of the fleet. */
export function printPushed(pushed: Pushed): string {
  const { fleet, folder, parent, by, at, baton, fleetFile, zonesDigest } = pushed
  const servers = Object.fromEntries(
    [...pushed.servers].map(([server, files]) => [server, Object.fromEntries(files)]),
  )
  const head = { version: PUSHED_VERSION, fleet, folder, parent, by, at, baton }
  return `${JSON.stringify({ ...head, zonesDigest, fleetFile, servers }, undefined, 1)}\n`
}

/** Reads `baton/pushed`; fields it does not know are a later Baton's. */
export function parsePushed(text: string): Result<Pushed, PushedProblem> {
  const read = parseObject(text)
  if (read === undefined) return unreadable('it is not JSON')
  const { version } = read
  if (typeof version === 'number' && version > PUSHED_VERSION) return fail({ kind: 'newer', version })
  if (version !== PUSHED_VERSION) return unreadable(`its version is not ${PUSHED_VERSION}`)
  const missing = (['fleet', 'by', 'at', 'baton', 'fleetFile', 'zonesDigest'] as const).find(
    name => typeof read[name] !== 'string',
  )
  if (missing !== undefined) return unreadable(`"${missing}" is missing`)
  const folder = readFolder(read['folder'])
  if (folder === undefined) return unreadable('"folder" is missing')
  const servers = readServers(read['servers'])
  if (servers === undefined) return unreadable('"servers" is not as Baton writes it')
  const word = (name: string) => String(read[name])
  return ok({
    fleet: word('fleet'),
    folder,
    parent: textIn(read['parent']),
    by: word('by'),
    at: word('at'),
    baton: word('baton'),
    fleetFile: word('fleetFile'),
    zonesDigest: word('zonesDigest'),
    servers,
  })
}

function readFolder(value: unknown): PushedFolder | undefined {
  if (!isObject(value)) return undefined
  const { digest, commit, dirty } = value
  if (typeof digest !== 'string') return undefined
  return { digest, commit: textIn(commit), dirty: typeof dirty === 'boolean' ? dirty : undefined }
}

function readServers(value: unknown): Pushed['servers'] | undefined {
  if (!isObject(value)) return undefined
  const servers = new Map<string, Map<string, PushedFile>>()
  for (const [server, files] of Object.entries(value)) {
    if (!isObject(files)) return undefined
    const own = new Map<string, PushedFile>()
    for (const [path, file] of Object.entries(files)) {
      if (!isObject(file) || typeof file['digest'] !== 'string' || typeof file['mode'] !== 'number')
        return undefined
      own.set(path, { digest: file['digest'], mode: file['mode'] })
    }
    servers.set(server, own)
  }
  return servers
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function unreadable(because: string): Result<never, PushedProblem> {
  return fail({ kind: 'unreadable', because })
}
