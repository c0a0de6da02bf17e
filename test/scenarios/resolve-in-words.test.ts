import { afterEach, beforeAll, expect, it } from 'vitest'
import { type BuiltProgram, buildProgram } from '../app/cli/command.ts'
import { addRecord, dynamicZone, serialOn } from '../support/fail-over.ts'
import { equalContent, marker, promoteByHand } from '../support/guarded-lab.ts'
import { programsOf } from '../support/lab-programs.ts'
import { makeActiveByHand, rescuesOn } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'
import { until } from '../support/until.ts'
import { leaveUnmanaged } from '../support/views.ts'

let story: Story
let program: BuiltProgram

beforeAll(async () => {
  program = await buildProgram()
  return () => program.remove()
})
afterEach(() => story.remove())

/** With what it printed, wherever. */
async function call(...words: readonly string[]) {
  const { exit, stdout, stderr } = await program.call([...words, '--fleet', story.fleetFile], {
    cwd: story.lab.folder,
    environment: { COLUMNS: '300' },
  })
  return { exit, said: stdout + stderr }
}

it('shows what it would do to whom, and does nothing of it', async () => {
  story = await beginStory()
  const { lab } = story
  const zone = dynamicZone(lab)
  await promoteByHand(lab, 'ns2')
  await addRecord(lab, 'ns1', 'orphan')
  await addRecord(lab, 'ns2', 'survivor')
  const tried = await call('resolve', '--keep', 'ns2', '--dry-run')
  expect(tried.exit).toBe(0)
  expect(tried.said).toMatch(
    /^resolve of default: ns1 → ns2, term 2\nns2 \(term 2, since .* UTC\) stays active; ns1 \(term 1, since .* UTC\) is active too\.\n\n {2}1 {2}let ns1 save what it holds in baton\/rescue and become standby in term 2\n/,
  )
  expect(tried.said).toContain('Nothing of it is taken back; what stops in its middle is taken to its end')
  expect(tried.said).toContain(`Differs from ns2\n  ns1: ${zone} has other content at the same serial`)
  const raised = await call('resolve', '--keep', 'ns1', '--despite-term', '--dry-run')
  expect(raised.said).toContain(
    'stays active; it gets term 3, so that no other peer has one as high; ns2 (term 2',
  )
  expect(raised.said).toMatch(/ {2}1 {2}tell ns1 the new term\n {2}2 {2}let ns2 save what it holds/)
  expect(rescuesOn(lab, 'ns1')).toEqual([])
  for (const server of ['ns1', 'ns2']) expect(await marker(lab, server)).toContain('"role=active"')

  expect((await call('resolve', '--keep', 'ns2', '--yes')).exit).toBe(0)
  await equalContent(lab)
  const again = await call('rejoin', 'ns1', '--dry-run')
  expect(again).toEqual({
    exit: 0,
    said: 'nothing to do: ns1 is a standby of ns2, with the same content in every zone\n',
  })
}, 120_000)

it('of three actives deposes one in each run, leaves the third as it is, and says so', async () => {
  story = await beginStory({ peers: ['ns1', 'ns2', 'ns3'] }, { 'convergence-max': '10s' })
  const { lab } = story
  await promoteByHand(lab, 'ns2')
  await makeActiveByHand(lab, 'ns3', 'third')
  await addRecord(lab, 'ns1', 'orphan')
  await addRecord(lab, 'ns2', 'survivor')
  const seen = await call('status')
  expect(seen.said).toContain('are all active: ')
  expect(seen.said).toContain(
    'saves what one of ns1, ns3 alone has, and makes it a standby: once for each of them.',
  )
  expect((await call('rejoin', 'ns1', '--dry-run')).said).toContain(
    'The others then rejoin, one in each run.',
  )
  const tried = await call('resolve', '--keep', 'ns2', '--dry-run')
  expect(tried.said).toMatch(
    /ns3 \(term 1, .*\) is active as well, and left as it is: `baton resolve --keep ns2` once more\./,
  )
  expect(tried.said).not.toContain('tell ns3')

  const first = await call('resolve', '--keep', 'ns2', '--yes')
  expect(first.exit).toBe(4)
  expect(first.said).toContain('ns3 is active too: `baton resolve --keep ns2` once more makes it a standby')
  expect(rescuesOn(lab, 'ns1')).toEqual(['1'])
  expect(await marker(lab, 'ns3')).toContain('"role=active" "term=1"')
  const second = await call('resolve', '--keep', 'ns2', '--yes')
  expect([second.exit, second.said]).toEqual([
    0,
    expect.stringContaining('ns3 is a standby of ns2 in term 2'),
  ])
  expect(rescuesOn(lab, 'ns3')).toEqual(['1'])
  await equalContent(lab)
  expect((await call('status')).exit).toBe(0)
}, 120_000)

it('ends unwell where a copy stays other than the active’s, and what it advises heals it', async () => {
  story = await beginStory({}, { 'convergence-max': '6s' })
  const { lab } = story
  await promoteByHand(lab, 'ns2')
  await addRecord(lab, 'ns1', 'orphan')
  const serial = await serialOn(lab, 'ns1')
  await until('the secondary has the orphan', async () => (await serialOn(lab, 'e1')) === serial)
  await addRecord(lab, 'ns2', 'survivor')
  // Nobody may order a transfer there, and at an equal serial it asks for none.
  leaveUnmanaged(lab.folder, 'e1')
  const ended = await call('resolve', '--keep', 'ns2', '--yes')
  expect(ended.exit).toBe(4)
  expect(ended.said).toContain('done, but not well: ns1 is a standby of ns2 in term 2')
  expect(ended.said).toContain(
    'e1: content equal in 5 of 6 comparisons, 0 zones retransferred on Baton’s order',
  )
  expect(ended.said).toContain(`e1: ${dynamicZone(lab)} has other content at the same serial ${serial}`)
  expect(ended.said).toContain('`baton verify` shows the records, and the command that heals them.')
  expect((await call('history')).said).toContain('done, but not well')

  const verified = await call('verify')
  expect(verified.exit).toBe(4)
  expect(verified.said).toContain(`retransfer ${dynamicZone(lab)}`)
  expect((await call('rejoin', 'ns1', '--yes')).exit).toBe(4)
  programsOf(lab).rndc('e1', 'retransfer', dynamicZone(lab))
  await until('all is equal', async () => (await call('verify')).exit === 0)
  expect((await call('rejoin', 'ns1', '--yes')).said).toContain('nothing to do')
}, 120_000)
