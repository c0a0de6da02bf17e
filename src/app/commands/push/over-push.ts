import { type Failure, fail, failure, ok, type Result } from '../../../core/base/index.ts'
import type { StagedFile } from '../../../core/plan/index.ts'
import type { ZoneLists } from '../../../core/pushed/index.ts'
import type { FoundRun } from '../../../io/journal/index.ts'
import { linkOf } from '../../../io/observe/index.ts'
import { readRunRecord } from '../runs/run-record.ts'
import { journalCopies } from '../session/copies.ts'
import { InstalledFile } from '../session/pushed-basis.ts'
import type { Session } from '../session/session.ts'

/**
 * The session as a failover should plan in it that ends a push: a server on which all that the push changes is as the push wants it
 * has the files and zones of that push; on every other one those of the push before count. A target that has some of both is neither.
 */
export async function overPush(
  session: Session,
  found: FoundRun | undefined,
  to: string,
): Promise<Result<Session, Failure>> {
  const plan = found?.plan
  if (plan?.operation !== 'push' || plan.record === undefined) return ok(session)
  const installed = new Map<string, readonly StagedFile[]>()
  for (const step of plan.steps) {
    if (step.kind !== 'deploy') continue
    const state = await stateOf(session, step.server, step.files)
    if (state === 'installed') installed.set(step.server, step.files)
    if (state === 'between' && step.server === to) return fail(inMiddle(plan.run, to))
  }
  if (installed.size === 0) return ok(session)
  const record = await readRunRecord(journalCopies(session, []), { ...plan, record: plan.record })
  return record.ok ? ok(withInstalled(session, installed, record.value.zones)) : record
}

/** By the digests on its disk; of a server whose files cannot be read nothing is known, and it is no target. */
async function stateOf(
  { links }: Session,
  server: string,
  files: readonly StagedFile[],
): Promise<'before' | 'between' | 'installed'> {
  const digests = await linkOf(links, server).host.digests(files.map(({ path }) => path))
  if (!digests.ok) return 'between'
  if (files.every(({ path, digest }) => digests.value.get(path) === digest)) return 'installed'
  return files.every(({ path, digestBefore }) => digests.value.get(path) === digestBefore)
    ? 'before'
    : 'between'
}

function withInstalled(
  session: Session,
  installed: ReadonlyMap<string, readonly StagedFile[]>,
  zones: ZoneLists,
): Session {
  const rendered = new Map(session.rendered)
  const expected = new Map(session.expected)
  for (const [server, files] of installed) {
    const changed = new Set(files.map(({ path }) => path))
    const there = files.flatMap(({ path, mode, digest }) =>
      digest === undefined ? [] : [{ path, mode, digest }],
    )
    const own = zones.get(server) ?? []
    const kept = (session.rendered.get(server)?.files ?? []).filter(({ path }) => !changed.has(path))
    const added = there.map(({ path, mode }) => new InstalledFile(path, mode))
    rendered.set(server, { server, files: [...kept, ...added], zones: own })
    const digests = [...(session.expected.get(server)?.digests ?? [])].filter(([path]) => !changed.has(path))
    const now = there.map(({ path, digest }) => [path, digest] as const)
    expected.set(server, { zones: own, digests: new Map([...digests, ...now]) })
  }
  return { ...session, rendered, expected }
}

function inMiddle(run: string, server: string): Failure {
  return failure({
    code: 'failover.push-in-middle',
    subject: server,
    because: `the push ${run} stopped among the files of ${server}, so that some are old and some are new`,
    remedy:
      'Take the push back first: `baton rollback --without NAME`, with the server that is gone. Or name another server with --to.',
  })
}
