import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { Step, StepKind, StepOf } from '../../core/plan/index.ts'
import type { RunContext, StepReport, UndoContext } from './context.ts'
import { announce } from './steps/announce.ts'
import { catchUp } from './steps/catch-up.ts'
import { close, unclose } from './steps/close.ts'
import { collect, uncollect } from './steps/collect.ts'
import { compare } from './steps/compare.ts'
import { converge } from './steps/converge.ts'
import { demote } from './steps/demote.ts'
import { deploy, undeploy } from './steps/deploy.ts'
import { fence, unfence } from './steps/fence.ts'
import { allowWrites, stopWrites } from './steps/freeze.ts'
import { heal } from './steps/heal.ts'
import { inspect } from './steps/inspect.ts'
import { note, unnote } from './steps/note.ts'
import { open } from './steps/open.ts'
import { probe } from './steps/probe.ts'
import { promote } from './steps/promote.ts'
import { raise } from './steps/raise.ts'
import { record, unrecord } from './steps/record.ts'
import { comeBack } from './steps/return.ts'
import { settle } from './steps/settle.ts'
import { stage, unstage } from './steps/stage.ts'
import { stepDown } from './steps/step-down.ts'
import { unpromote } from './steps/unpromote.ts'
import { lessLost, undoOnEach } from './undo-on-each.ts'

/** How a kind of step is done and undone. Both may be run again after a crash in their middle. */
type Runner<Kind extends StepKind> = {
  readonly run: (
    context: RunContext,
    step: Extract<Step, { kind: Kind }>,
  ) => Promise<Result<StepReport, Failure>>
  /** Nothing where the step changes nothing, or comes after the point of no return. */
  readonly undo:
    | ((context: UndoContext, step: Extract<Step, { kind: Kind }>) => Promise<Result<void, Failure>>)
    | undefined
}

/** Table: every kind of step. */
const RUNNERS: { readonly [Kind in StepKind]: Runner<Kind> } = {
  settle: { run: settle, undo: undefined },
  freeze: { run: stopWrites, undo: allowWrites },
  'catch-up': { run: catchUp, undo: undefined },
  promote: { run: promote, undo: unpromote },
  demote: { run: demote, undo: undefined },
  announce: { run: announce, undo: undefined },
  probe: { run: probe, undo: undefined },
  converge: { run: converge, undo: undefined },
  compare: { run: compare, undo: undefined },
  fence: { run: fence, undo: unfenceAll },
  collect: { run: collect, undo: uncollect },
  note: { run: note, undo: unnoteAll },
  close: { run: close, undo: unclose },
  raise: { run: raise, undo: undefined },
  open: { run: open, undo: undefined },
  'step-down': { run: stepDown, undo: undefined },
  return: { run: comeBack, undo: undefined },
  heal: { run: heal, undo: undefined },
  stage: { run: stage, undo: unstageIfPossible },
  deploy: { run: deploy, undo: undeploy },
  record: { run: record, undo: unrecord },
  inspect: { run: inspect, undo: undefined },
}

/** A word that holds for good must be gone everywhere, or it would hold on. */
function unfenceAll(context: UndoContext, step: StepOf<'fence'>): Promise<Result<void, Failure>> {
  const { noted } = step
  if (noted?.ends === 'never') {
    const peers = lessLost(context, noted.peers)
    return unfence(context, { ...step, noted: { ...noted, peers } })
  }
  return undoOnEach(context, noted?.peers ?? [], peer =>
    unfence(context, noted === undefined ? step : { ...step, noted: { ...noted, peers: [peer] } }),
  )
}

function unnoteAll(context: UndoContext, step: StepOf<'note'>): Promise<Result<void, Failure>> {
  return undoOnEach(context, step.peers, peer => unnote(context, { ...step, peers: [peer] }))
}

function unstageIfPossible(context: UndoContext, step: StepOf<'stage'>): Promise<Result<void, Failure>> {
  return undoOnEach(context, [step.server], () => unstage(context, step))
}

export function runStep(context: RunContext, step: Step): Promise<Result<StepReport, Failure>> {
  return runnerOf(step.kind).run(context, step)
}

/** What is being put back is not stopped halfway: a second Ctrl-C, or the one that began it, is not heard. */
export async function undoStep(context: UndoContext, step: Step): Promise<Result<void, Failure>> {
  const { undo } = runnerOf(step.kind)
  const { signal } = new AbortController()
  return undo === undefined ? ok(undefined) : undo({ ...context, signal }, step)
}

/** The table's type says that a kind's runner takes that kind's step; a lookup by a union cannot say it. */
function runnerOf(kind: StepKind): Runner<StepKind> {
  return RUNNERS[kind] as unknown as Runner<StepKind>
}
