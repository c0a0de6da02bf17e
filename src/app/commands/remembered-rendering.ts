import { createHash } from 'node:crypto'
import { type Diagnostic, invariant } from '../../core/base/index.ts'
import type { Fleet } from '../../core/fleet/index.ts'
import {
  type RenderedFile,
  type RenderedServer,
  type Rendering,
  render,
  type Sources,
  type Standings,
} from '../../core/render/index.ts'
import { localHost } from '../../io/hosts/index.ts'

/** What the fleet folder renders to, with the digest of every file. */
export type DigestedRendering = {
  readonly rendering: Rendering
  /** Server → path → SHA-256 (hex). */
  readonly digests: ReadonlyMap<string, ReadonlyMap<string, string>>
}

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

const FILE_MODE = 0o600
/** Some 250 bytes a zone, and one list for all servers as a rule: 250,000 zones. A larger one is not kept. */
const BYTES_MAX = 64 * 1024 * 1024

const here = localHost('here')

/** A digest over everything that goes into a rendering, the code that makes it included. */
export function renderingKey({ fleet, sources, standings }: RenderingOrder, build: string): string {
  const hash = createHash('sha256')
  // Servers answer in any order.
  const releases = [...sources.releases].toSorted(([left], [right]) => (left < right ? -1 : 1))
  hash.update(`${JSON.stringify([build, fleet, [...standings], releases])}\n`)
  for (const key of sources.keys.values()) hash.update(`${key.name} ${key.algorithm} `).update(key.reveal())
  for (const [path, text] of sources.texts) hash.update(`${path} ${text.length}\n`).update(text)
  return hash.digest('hex')
}

/**
 * What was rendered here before from the very same; nothing otherwise. The texts of the files are not remembered: whoever
 * asks for one has everything rendered.
 */
export async function recallRendering(
  order: RenderingOrder,
  key: string,
): Promise<DigestedRendering | undefined> {
  const read = await here.read(pathOf(order.fleet))
  if (!read.ok || read.value.length > BYTES_MAX) return undefined
  const remembered = parse(new TextDecoder().decode(read.value))
  if (remembered?.version !== 1 || remembered.key !== key) return undefined
  const texts = textsOnDemand(order)
  const servers = remembered.servers.map(({ server, files, list }) => {
    const own = files.map(file => new RememberedFile(file, () => texts(server, file.path)))
    return [server, { server, files: own, zones: remembered.lists[list] ?? [] }] as const
  })
  const digests = remembered.servers.map(
    ({ server, files }) => [server, new Map(files.map(({ path, digest }) => [path, digest]))] as const,
  )
  return {
    rendering: { servers: new Map(servers), warnings: remembered.warnings },
    digests: new Map(digests),
  }
}

/** For the next one. A folder that cannot be written costs time and nothing else. */
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
  const content = JSON.stringify(remembered)
  if (content.length > BYTES_MAX) return
  await here.replace({ path: pathOf(fleet), content, mode: FILE_MODE, user: undefined })
}

function pathOf(fleet: Fleet): string {
  return `${fleet.folder}/.baton/rendered.json`
}

function parse(text: string): Remembered | undefined {
  try {
    return JSON.parse(text) as Remembered
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
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
