import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type PreparedRejoin, prepareRejoin, prepareResolve } from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import { killServer, type Lab, labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import type { RunEvent } from '../../src/io/engine/index.ts'
import { addRecord, failOver } from './fail-over.ts'
import type { Story } from './story.ts'

export type RejoinTelling = {
  readonly onEvent?: (event: RunEvent) => void
}

/** Orders the rejoin and runs it to its end, or takes the answer that there is nothing to do. */
export async function rejoin(
  { fleetFile }: Pick<Story, 'fleetFile'>,
  server: string,
  telling: RejoinTelling = {},
): Promise<Result<RunDocument, readonly Problem[]>> {
  const prepared = await prepareRejoin({ fleetFile, server, set: undefined, reason: 'a story' })
  return prepared.ok ? carryOut(prepared.value, telling) : prepared
}

export async function resolveActives(
  { fleetFile }: Pick<Story, 'fleetFile'>,
  keep: string,
  term: 'higher' | 'despite-term' = 'higher',
): Promise<Result<RunDocument, readonly Problem[]>> {
  const prepared = await prepareResolve({ fleetFile, keep, term, set: undefined, reason: 'a story' })
  return prepared.ok ? carryOut(prepared.value, {}) : prepared
}

async function carryOut(prepared: PreparedRejoin, { onEvent }: RejoinTelling) {
  if (prepared.plan === undefined) return { ok: true, value: prepared.document } as const
  const signal = new AbortController().signal
  try {
    return await prepared.start({ signal, onPlan: () => undefined, onEvent: event => onEvent?.(event) })
  } finally {
    await prepared.close()
  }
}

/**
 * ns1 acknowledges an update that nobody else sees, and dies; ns2 takes over and takes another. With serials kept, both
 * stand at the same serial with other content.
 */
export async function forkByFailover(story: Story, serials: 'raised' | 'kept'): Promise<void> {
  const { lab } = story
  for (const server of ['ns2', 'e1']) await must(stopServer(lab, server))
  await addRecord(lab, 'ns1', 'orphan')
  await must(killServer(lab, 'ns1'))
  for (const server of ['ns2', 'e1']) await must(startServer(lab, server, 'loaded'))
  const ended = await failOver(story, { serials })
  if (!ended.ok) throw new Error(ended.error.map(({ code }) => code).join(' '))
  await addRecord(lab, 'ns2', 'survivor')
}

/** A person made it a standby and touched nothing else. */
export function installStandby(lab: Lab, server: string): void {
  const { configuration } = labServerPaths(lab.folder, server)
  copyFileSync(join(configuration, 'named.standby.conf'), join(configuration, 'named.conf'))
}

export function rescuesOn(lab: Lab, server: string): readonly string[] {
  const folder = join(labServerPaths(lab.folder, server).configuration, 'baton', 'rescue')
  return existsSync(folder) ? readdirSync(folder) : []
}

export async function must<Value>(outcome: Promise<Result<Value, Problem>>): Promise<Value> {
  const result = await outcome
  if (!result.ok) throw new Error('because' in result.error ? result.error.because : result.error.code)
  return result.value
}

/** Why it was refused; nothing when it was not. */
export function codesOf(outcome: Result<unknown, readonly Problem[]>): readonly string[] {
  return outcome.ok ? [] : outcome.error.map(({ code }) => code)
}
