import { copyFileSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { prepareRejoin, prepareResolve } from '../../src/app/commands/index.ts'
import type { RunDocument } from '../../src/app/contract/index.ts'
import { killServer, type Lab, labServerPaths, startServer, stopServer } from '../../src/app/lab/index.ts'
import type { Problem, Result } from '../../src/core/base/index.ts'
import type { Doors } from '../../src/io/observe/index.ts'
import { addRecord, failOver } from './fail-over.ts'
import { marker, rndc } from './guarded-lab.ts'
import { type Following, runToEnd, type Story } from './story.ts'
import { until } from './until.ts'

export type RejoinTelling = Doors & Pick<Following, 'onEvent'> & { readonly set?: string | undefined }

export type ResolveTelling = RejoinTelling & { readonly term?: 'higher' | 'despite-term' }

/** Orders the rejoin and runs it to its end, or takes the answer that there is nothing to do. */
export async function rejoin(
  { fleetFile }: Pick<Story, 'fleetFile'>,
  server: string,
  { set, onEvent, ...doors }: RejoinTelling = {},
): Promise<Result<RunDocument, readonly Problem[]>> {
  const order = { ...doors, fleetFile, server, set, reason: 'a story' }
  return runToEnd(await prepareRejoin(order), { onEvent })
}

export async function resolveActives(
  { fleetFile }: Pick<Story, 'fleetFile'>,
  keep: string,
  { term = 'higher', set, onEvent, ...doors }: ResolveTelling = {},
): Promise<Result<RunDocument, readonly Problem[]>> {
  const order = { ...doors, fleetFile, keep, term, set, reason: 'a story' }
  return runToEnd(await prepareResolve(order), { onEvent })
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

/** Somebody installs the active configuration by hand, and it takes an update that the other one never sees. */
export async function makeActiveByHand(lab: Lab, server: string, label: string): Promise<void> {
  const { configuration } = labServerPaths(lab.folder, server)
  copyFileSync(join(configuration, 'named.active.conf'), join(configuration, 'named.conf'))
  await rndc(lab, server, ['reconfig'])
  await until(`${server} says that it is active`, async () =>
    (await marker(lab, server)).includes('"role=active"'),
  )
  await addRecord(lab, server, label)
}

/** Why it was refused; nothing when it was not. */
export function codesOf(outcome: Result<unknown, readonly Problem[]>): readonly string[] {
  return outcome.ok ? [] : outcome.error.map(({ code }) => code)
}
