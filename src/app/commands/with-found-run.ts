import { fail, ok, type Problem, type Refusal, type Result, refuse } from '../../core/base/index.ts'
import { type FoundRun, findUnfinishedRun } from '../../io/journal/index.ts'
import { amongOurs } from './among-ours.ts'
import { journalCopies } from './copies.ts'
import { type RunRecord, readRecord, recordOf } from './run-record.ts'
import {
  type OpenedFleet,
  openFleet,
  type Session,
  type SessionOptions,
  sessionOfFolder,
  sessionOfRecord,
} from './session.ts'

/** An unfinished run with what it stands on; a run that has no plan has no record. */
export type RecordedFind = { readonly found: FoundRun; readonly record: RunRecord | undefined }

/**
 * Opens the fleet for as long as something is asked of the run that holds it; a refusal where none does. The run stands on its own
 * record: of the fleet folder only the fleet file and the keys are needed. One of version 1 goes by the folder as it was.
 */
export async function withFoundRun<Value>(
  options: SessionOptions,
  ask: (session: Session, found: RecordedFind) => Promise<Result<Value, readonly Problem[]>>,
): Promise<Result<Value, readonly Problem[]>> {
  const opened = await openFleet(options)
  if (!opened.ok) return opened
  const { head, links } = opened.value
  try {
    const found = await findUnfinishedRun(journalCopies({ fleet: head.fleet, links }, []))
    if (!found.ok) return fail([found.error])
    if (found.value === undefined) return fail([nothingUnfinished(head.fleet.name)])
    const ready = await standOn(opened.value, found.value)
    if (!ready.ok) return ready
    const { session, ...run } = ready.value
    return await amongOurs<Value>(ours => ask(ours, run))(session)
  } finally {
    await links.close()
  }
}

async function standOn(
  opened: OpenedFleet,
  found: FoundRun,
): Promise<Result<RecordedFind & { readonly session: Session }, readonly Problem[]>> {
  const { plan } = found
  if (plan === undefined)
    return ok({ found, record: undefined, session: await sessionOfRecord(opened, new Map()) })
  if (plan.record === undefined) {
    const session = await sessionOfFolder(opened, {})
    return session.ok ? ok({ found, record: recordOf(session.value, plan), session: session.value }) : session
  }
  const copies = journalCopies({ fleet: opened.head.fleet, links: opened.links }, [])
  const record = await readRecord(copies, { ...plan, record: plan.record })
  if (!record.ok) return fail([record.error])
  return ok({ found, record: record.value, session: await sessionOfRecord(opened, record.value.zones) })
}

function nothingUnfinished(fleet: string): Refusal {
  return refuse({
    code: 'engine.nothing-unfinished',
    subject: fleet,
    because: 'no peer is locked by a run',
    remedy: '`baton status` shows how the fleet stands, `baton history` what was done.',
  })
}
