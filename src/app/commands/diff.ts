import { type Failure, fail, ok, type Problem, type Result } from '../../core/base/index.ts'
import { decodeConf } from '../../core/namedconf/index.ts'
import type { RenderedFile } from '../../core/render/index.ts'
import type { ServerLink } from '../../io/observe/index.ts'
import type { DiffDocument, FileDifference } from '../contract/index.ts'
import { diffLines } from './line-diff.ts'
import { digestOf, openSession, type Session, type SessionOptions } from './session.ts'

/** Compares the files of every server with what the fleet folder renders to; `-` is the server's, `+` the folder's. */
export async function diff(options: SessionOptions): Promise<Result<DiffDocument, readonly Problem[]>> {
  const session = await openSession(options)
  if (!session.ok) return session
  try {
    const files: FileDifference[] = []
    for (const link of session.value.links.servers) {
      const differences = await diffServer(session.value, link)
      if (!differences.ok) return fail([differences.error])
      files.push(...differences.value)
    }
    return ok({ version: 1, document: 'diff', same: files.length === 0, files })
  } finally {
    await session.value.close()
  }
}

async function diffServer(
  session: Session,
  link: ServerLink,
): Promise<Result<readonly FileDifference[], Failure>> {
  const rendered = session.rendered.get(link.server.name)?.files ?? []
  const digests = await link.host.digests(rendered.map(({ path }) => path))
  if (!digests.ok) return digests
  const differences: FileDifference[] = []
  for (const file of rendered) {
    const installed = digests.value.get(file.path)
    if (installed === digestOf(file.content)) continue
    if (installed === undefined) {
      differences.push(describe(link, file, { change: 'missing', lines: [], linesLeftOut: 0 }))
      continue
    }
    const read = await link.host.read(file.path)
    if (!read.ok) return read
    const changed = file.secret
      ? { lines: [], linesLeftOut: 0 }
      : diffLines(decodeConf(read.value), file.content)
    differences.push(describe(link, file, { change: 'different', ...changed }))
  }
  return ok(differences)
}

function describe(
  link: ServerLink,
  { path }: RenderedFile,
  change: Pick<FileDifference, 'change' | 'lines' | 'linesLeftOut'>,
): FileDifference {
  return { server: link.server.name, path, ...change }
}
