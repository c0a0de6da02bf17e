import { createHash } from 'node:crypto'
import { type Diagnostic, invariant, parseJson } from '../../../core/base/index.ts'
import type { Fleet } from '../../../core/fleet/index.ts'
import { digestOf } from '../../../core/pushed/index.ts'
import {
  type RenderedFile,
  type RenderedServer,
  render,
  type Sources,
  type Standings,
  standingsOf,
} from '../../../core/render/index.ts'
import type { DigestedRendering } from './digested-rendering.ts'
import { keepMemory, type MemoryPlace, readMemory } from './memory.ts'
import { roleTexts } from './role-texts.ts'

/** All that a rendering depends on. */
export type RenderingOrder = {
  readonly fleet: Fleet
  readonly sources: Sources
  readonly standings: Standings
}

/** As it stands in `.baton/rendered.json`. Servers with the same zones share one list. */
type Remembered = {
  readonly version: 1
  readonly key: string
  readonly servers: readonly {
    readonly server: string
    readonly files: readonly (Omit<RenderedFile, 'content'> & { readonly digest: string })[]
    readonly list: number
  }[]
  readonly lists: readonly RenderedServer['zones'][]
  readonly warnings: readonly Diagnostic[]
}

/**
 * A digest over everything that goes into what does not change with the roles, the code that makes it included. How the
 * peers stand is left out, because what follows from that is small and rendered each time.
 */
export function renderingKey({ fleet, sources }: Omit<RenderingOrder, 'standings'>, build: string): string {
  const hash = createHash('sha256')
  // Servers answer in any order.
  const releases = [...sources.releases].toSorted(([left], [right]) => (left < right ? -1 : 1))
  hash.update(`${JSON.stringify([build, fleet, releases])}\n`)
  for (const key of sources.keys.values()) hash.update(`${key.name} ${key.algorithm} `).update(key.reveal())
  for (const [path, text] of sources.texts) hash.update(`${path} ${text.length}\n`).update(text)
  return hash.digest('hex')
}

/**
 * What was rendered here before from the very same, with the files that follow the roles as the peers stand now; nothing
 * otherwise. The other texts are not remembered: whoever asks for one has everything rendered.
 */
export async function recallRendering(
  order: RenderingOrder,
  key: string,
): Promise<DigestedRendering | undefined> {
  const kept = await readMemory(placeOf(order.fleet))
  if (kept === undefined) return undefined
  const remembered = parseJson(kept) as Remembered | null | undefined
  if (remembered?.version !== 1 || remembered.key !== key) return undefined
  const texts = textsOnDemand(order)
  const servers = new Map<string, RenderedServer>()
  const digests = new Map<string, ReadonlyMap<string, string>>()
  for (const { server, files, list } of remembered.servers) {
    const current = currentTexts(order, server)
    if (current === undefined) return undefined
    servers.set(server, {
      server,
      files: files.map(file => {
        const content = current.get(file.path)
        return content === undefined
          ? new RememberedFile(file, () => texts(server, file.path))
          : { path: file.path, content, mode: file.mode, secret: file.secret }
      }),
      zones: remembered.lists[list] ?? [],
    })
    const own = files.map(({ path, digest }) => {
      const content = current.get(path)
      return [path, content === undefined ? digest : digestOf(content)] as const
    })
    digests.set(server, new Map(own))
  }
  return { rendering: { servers, warnings: remembered.warnings }, digests }
}

/** The texts of the files that follow the roles, by path; none on a secondary. */
function currentTexts(
  { fleet, sources, standings }: RenderingOrder,
  name: string,
): ReadonlyMap<string, string> | undefined {
  const peer = fleet.servers.find(server => server.name === name)
  if (peer?.kind !== 'peer') return new Map()
  const own = standingsOf(fleet, peer, standings.get(name) ?? [])
  const texts = roleTexts({ fleet, sources }, { peer, standings: own })
  return texts.ok ? new Map(texts.value.map(({ path, content }) => [path, content])) : undefined
}

/** For the next one. */
export async function rememberRendering(
  fleet: Fleet,
  key: string,
  { rendering, digests }: DigestedRendering,
): Promise<void> {
  const lists = [...new Set([...rendering.servers.values()].map(({ zones }) => zones))]
  const remembered: Remembered = {
    version: 1,
    key,
    servers: [...rendering.servers.values()].map(({ server, files, zones }) => ({
      server,
      files: files.map(({ path, mode, secret }) => {
        const digest = digests.get(server)?.get(path)
        invariant(digest !== undefined, 'every rendered file has its digest')
        return { path, mode, secret, digest }
      }),
      list: lists.indexOf(zones),
    })),
    lists,
    warnings: rendering.warnings,
  }
  await keepMemory(placeOf(fleet), JSON.stringify(remembered))
}

function placeOf({ folder }: Fleet): MemoryPlace {
  return { folder, name: 'rendered' }
}

/** A file whose text is rendered when it is asked for. */
class RememberedFile implements RenderedFile {
  readonly path: string
  readonly mode: number
  readonly secret: boolean
  readonly #text: () => string

  constructor({ path, mode, secret }: Omit<RenderedFile, 'content'>, text: () => string) {
    this.path = path
    this.mode = mode
    this.secret = secret
    this.#text = text
  }

  get content(): string {
    return this.#text()
  }
}

function textsOnDemand({ fleet, sources, standings }: RenderingOrder) {
  let texts: ReadonlyMap<string, string> | undefined
  return (server: string, path: string): string => {
    texts ??= textsOf(render(fleet, sources, standings))
    const text = texts.get(`${server} ${path}`)
    invariant(text !== undefined, 'the same sources render to the same files')
    return text
  }
}

function textsOf(rendering: ReturnType<typeof render>): ReadonlyMap<string, string> {
  invariant(rendering.ok, 'what was rendered before can be rendered again')
  const servers = [...rendering.value.servers.values()]
  return new Map(
    servers.flatMap(({ server, files }) =>
      files.map(({ path, content }) => [`${server} ${path}`, content] as const),
    ),
  )
}
