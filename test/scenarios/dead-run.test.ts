import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../app/cli/command.ts'
import { bury } from '../support/bury.ts'
import { type CommandMoment, interruptAt } from '../support/interrupt.ts'
import { beginStory, type Story, switchOver } from '../support/story.ts'

describe('a switchover whose process died', () => {
  let program: BuiltProgram
  let story: Story

  beforeAll(async () => {
    program = await buildProgram()
  })
  afterAll(() => program.remove())
  beforeEach(async () => {
    story = await beginStory()
  })
  afterEach(() => story.remove())

  const call = (...words: readonly string[]) => program.call(words, { cwd: story.lab.folder })
  const dieAt = async (moment: CommandMoment) => {
    const die = () => Promise.reject(new Error('Baton died here'))
    await expect(switchOver(story, { ...interruptAt(moment, die) })).rejects.toThrow('Baton died here')
    bury(story.lab.folder)
  }
  const problemsIn = (text: string) =>
    [...text.matchAll(/^(?:problem|notice|error)\[([a-z.-]+)\]/gm)].map(([, code]) => code)

  it('before writes open: said once, with both ways out, and back is 0', async () => {
    await dieAt({ when: 'before', command: 'reconfig', server: 'ns2' })
    const { exit, stdout } = await call('status')
    expect(exit).toBe(4)
    expect(problemsIn(stdout)).toEqual(['snapshot.run-unfinished'])
    expect(stdout).toMatch(
      /it was at step 4 of \d+: make ns2 active: .*; updates are refused since 20\S+ \S+ UTC/,
    )
    expect(stdout).toContain('`baton resume` takes it to its end, `baton rollback` back to where it began.')
    const checked = await call('check')
    expect(checked.exit).toBe(4)
    expect(checked.stdout).toContain('\n1 check: 0 yes, 1 no\n')
    const refused = await call('switchover', '--yes')
    expect(refused.exit).toBe(2)
    expect(new Set(problemsIn(refused.stderr))).toEqual(new Set(['check.no-unfinished-run']))
    const onward = await call('resume', '--dry-run')
    expect(onward.exit).toBe(0)
    expect(onward.stdout).toMatch(/would be done now:\n {2}1 {2}make ns2 active/)
    const back = await call('rollback', '--dry-run', '--json')
    expect(back.exit).toBe(0)
    const { ahead } = JSON.parse(back.stdout) as { readonly ahead: readonly string[] }
    expect(ahead.at(-1)).toBe('thaw ns1')
    const taken = await call('rollback', '--yes')
    expect(taken.stdout).toContain('rolled back: everything is as it was, and ns1 is active')
    expect(taken.exit).toBe(0)
    expect((await call('status')).exit).toBe(0)
  })

  it('after writes have opened: the way back is not offered, and refused', async () => {
    await dieAt({ when: 'after', command: 'reconfig', server: 'ns1' })
    const { stdout } = await call('status')
    expect(problemsIn(stdout)).toEqual(['snapshot.run-unfinished'])
    expect(stdout).not.toContain('updates are refused')
    expect(stdout).toContain('It cannot be taken back any more')
    const back = await call('rollback', '--dry-run')
    expect(back.exit).toBe(2)
    expect(back.stderr).toContain('error[engine.past-return]')
    expect((await call('resume', '--yes')).exit).toBe(0)
    expect((await call('status')).exit).toBe(0)
  })
})
