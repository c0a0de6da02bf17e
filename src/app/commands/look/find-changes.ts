import { type Failure, ok, type Result } from '../../../core/base/index.ts'
import type { StagedFile } from '../../../core/plan/index.ts'
import { PUSHED_PATH, PUSHED_ZONES_PATH } from '../../../core/pushed/index.ts'
import { batonFolder, ownFolder, type ServerLink } from '../../../io/observe/index.ts'
import type { Session } from '../session/session.ts'

/**
 * Every file that stands on a server otherwise than the fleet folder renders it, in content, owner or mode, in the order in which it should be
 * installed: found by digest, so contents are neither read nor kept. Files that an earlier push left and nothing names
 * any more are to go, because somebody might take them for what they say.
 */
export async function findChanges(
  session: Session,
  link: ServerLink,
): Promise<Result<readonly StagedFile[], Failure>> {
  const rendered = session.rendered.get(link.server.name)?.files ?? []
  if (rendered.length === 0) return ok([])
  const leftOver = await findLeftOver(link, new Set(rendered.map(({ path }) => path)))
  if (!leftOver.ok) return leftOver
  const digests = await link.host.digests([...rendered.map(({ path }) => path), ...leftOver.value])
  if (!digests.ok) return digests
  const wanted = session.expected.get(link.server.name)?.digests
  const exposed = await findExposed(session, link)
  if (!exposed.ok) return exposed
  const changed = rendered.flatMap(({ path, mode }): StagedFile[] => {
    const digest = wanted?.get(path)
    const digestBefore = digests.value.get(path)
    return digest === digestBefore && !exposed.value(path) ? [] : [{ path, mode, digest, digestBefore }]
  })
  const going = leftOver.value.flatMap((path): StagedFile[] => {
    const digestBefore = digests.value.get(path)
    return digestBefore === undefined ? [] : [{ path, mode: LEFT_OVER_MODE, digest: undefined, digestBefore }]
  })
  return ok([...changed, ...going].toSorted((left, right) => rank(left) - rank(right)))
}

/**
 * Files with the wrong owner or mode are put there anew. Where a folder of theirs was another's, all are: what was read of
 * them a moment ago says nothing.
 */
async function findExposed(
  session: Session,
  { server, host }: ServerLink,
): Promise<Result<(path: string) => boolean, Failure>> {
  const exposures = await host.exposures(ownFolder(server, session.rendered.get(server.name)))
  if (!exposures.ok) return exposures
  const files = new Set(exposures.value.flatMap(({ path, kind }) => (kind === 'file' ? [path] : [])))
  const all = exposures.value.some(({ kind }) => kind === 'folder')
  return ok(path => all || files.has(path))
}

/** It says nothing, since the file is to go; put back, it gets the mode that it had. */
const LEFT_OVER_MODE = 0o640

/** named.conf makes the others count, so it comes after them; what it no longer names goes when it has come. */
function rank({ path, digest }: StagedFile): number {
  if (digest === undefined) return 2
  return path.endsWith('/named.conf') ? 1 : 0
}

/** Folders below `baton/` in which every file of such a name is Baton's. */
const OWN_FILES: ReadonlyMap<string, RegExp> = new Map([
  ['active', /\.zones\.conf$/],
  ['standby', /\.zones\.conf$/],
  ['zones', /\.zones\.conf$/],
  ['marker', /(^|\.)(active|standby)\.db$/],
])

/** Paths of Baton's own making that are not rendered for this server; not each of them needs to exist. */
async function findLeftOver(
  { server, host }: ServerLink,
  rendered: ReadonlySet<string>,
): Promise<Result<readonly string[], Failure>> {
  const { configuration } = server.paths
  const found = [
    `${configuration}/named.active.conf`,
    `${configuration}/named.standby.conf`,
    `${batonFolder(server)}/state`,
    // Where it was a peer before: on one the push keeps them.
    ...(server.kind === 'peer'
      ? []
      : [PUSHED_PATH, PUSHED_ZONES_PATH].map(path => `${configuration}/${path}`)),
  ]
  for (const [name, own] of OWN_FILES) {
    const folder = `${batonFolder(server)}/${name}`
    const names = await host.list(folder)
    if (!names.ok) return names
    found.push(...names.value.filter(file => own.test(file)).map(file => `${folder}/${file}`))
    // With several zone sets the zones of each are in a folder of its name.
    for (const set of names.value.filter(file => !file.includes('.'))) {
      const ofSet = await host.list(`${folder}/${set}`)
      if (!ofSet.ok) return ofSet
      found.push(...ofSet.value.filter(file => own.test(file)).map(file => `${folder}/${set}/${file}`))
    }
  }
  return ok(found.filter(path => !rendered.has(path)))
}
