import { expect } from 'vitest'
import { breakLab, killServer, type Lab, mendLab, startServer } from '../../src/app/lab/index.ts'
import { dynamicZone, failOver, serialOn, type Telling } from './fail-over.ts'
import { guard } from './guarded-lab.ts'
import { type LabPrograms, programsOf } from './lab-programs.ts'
import { beginStory, type Story } from './story.ts'
import { until } from './until.ts'

/** Gives one `update` line to a server, and waits until it has it; its zone is the lab's first dynamic one. */
export type Write = (server: string, line: string) => void

/** What happens before the fork, on both sides of it, and how the failover goes. */
export type ForkStory = {
  /** Reaches every server. */
  readonly common?: (write: Write) => void
  /** Acknowledged by ns1 alone, which then dies. */
  readonly orphans: (write: Write, programs: LabPrograms) => void
  /** Taken by ns2 after its promotion. */
  readonly since?: (write: Write) => void
  readonly telling?: Telling
}

/** A fleet whose ns1 acknowledged updates that ns2 never received, died, and is back as a standby by its guard. */
export async function beginForked(fork: ForkStory): Promise<Story> {
  const story = await beginStory()
  const { lab } = story
  const write = writerOf(lab)
  if (fork.common !== undefined) {
    fork.common(write)
    const serial = await serialOn(lab, 'ns1')
    await until('ns2 has it', async () => (await serialOn(lab, 'ns2')) === serial)
  }
  await breakLab(lab.folder, { kind: 'hang', server: 'ns2' })
  await breakLab(lab.folder, { kind: 'hang', server: 'e1' })
  fork.orphans(write, programsOf(lab))
  await killServer(lab, 'ns1')
  expect(await mendLab(lab.folder)).toMatchObject({ ok: true })
  expect(await failOver(story, fork.telling)).toMatchObject({ ok: true, value: { outcome: 'done' } })
  fork.since?.(write)
  await returnGuarded(lab)
  return story
}

/** ns1 starts as its guard lets it: as a standby, with what it held in a rescue. */
export async function returnGuarded(lab: Lab): Promise<void> {
  const { exit, output } = await guard(lab, 'ns1', 'boot')
  expect(output).toContain('files in rescue/1')
  expect(exit).toBe(0)
  expect(await startServer(lab, 'ns1', 'loaded')).toMatchObject({ ok: true })
}

function writerOf(lab: Lab): Write {
  const programs = programsOf(lab)
  return (server, line) => programs.update(server, line.replaceAll('@', dynamicZone(lab)))
}
