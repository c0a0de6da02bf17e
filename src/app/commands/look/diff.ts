import { type Failure, fail, ok, type Problem, type Result } from '../../../core/base/index.ts'
import { decodeConf } from '../../../core/namedconf/index.ts'
import type { RenderedFile } from '../../../core/render/index.ts'
import type { ServerLink } from '../../../io/observe/index.ts'
import type { DiffDocument, FileDifference } from '../../contract/index.ts'
import { amongOurs } from '../session/among-ours.ts'
import type { Session, SessionOptions } from '../session/session.ts'
import { withSession } from '../session/with-session.ts'
import { findChanges } from './find-changes.ts'
import { type LineDiff, unifiedDiff } from './line-diff.ts'

/** Compares the files of every server with what the fleet folder renders to; `-` is the server's, `+` the folder's. */
export function diff(options: SessionOptions): Promise<Result<DiffDocument, readonly Problem[]>> {
  const ask = amongOurs<DiffDocument>(async session => {
    const files: FileDifference[] = []
    for (const link of session.links.servers) {
      const differences = await diffServer(session, link)
      if (!differences.ok) return fail([differences.error])
      files.push(...differences.value)
    }
    return ok({ version: 1, document: 'diff', same: files.length === 0, files })
  })
  return withSession(options, ask)
}

async function diffServer(
  session: Session,
  link: ServerLink,
): Promise<Result<readonly FileDifference[], Failure>> {
  const rendered = new Map(session.rendered.get(link.server.name)?.files.map(file => [file.path, file]))
  const changes = await findChanges(session, link)
  if (!changes.ok) return changes
  const differences: FileDifference[] = []
  for (const { path, digestBefore } of changes.value) {
    const file = rendered.get(path)
    if (file === undefined) differences.push(describe(link, path, { change: 'left-over', ...NO_LINES }))
    else if (digestBefore === undefined)
      differences.push(describe(link, path, { change: 'missing', ...NO_LINES }))
    else {
      const changed = await changedLines(link, file)
      if (!changed.ok) return changed
      differences.push(describe(link, path, { change: 'different', ...changed.value }))
    }
  }
  return ok(differences)
}

const NO_LINES: LineDiff = { lines: [], linesLeftOut: 0 }

/** A file with secrets is not even read. */
async function changedLines(link: ServerLink, file: RenderedFile): Promise<Result<LineDiff, Failure>> {
  if (file.secret) return ok(NO_LINES)
  const read = await link.host.read(file.path)
  return read.ok ? ok(await unifiedDiff(decodeConf(read.value), file.content)) : read
}

function describe(
  link: ServerLink,
  path: string,
  change: Pick<FileDifference, 'change' | 'lines' | 'linesLeftOut'>,
): FileDifference {
  return { server: link.server.name, path, ...change }
}
