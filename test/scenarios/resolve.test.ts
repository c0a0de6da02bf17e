import { expect, it, onTestFinished } from 'vitest'
import { status } from '../../src/app/commands/index.ts'
import { breakLab } from '../../src/app/lab/index.ts'
import { addRecord, dynamicZone } from '../support/fail-over.ts'
import { equalContent, marker, orphans, promoteByHand } from '../support/guarded-lab.ts'
import { codesOf, must, rejoin, rescuesOn, resolveActives } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'

it('the active with the higher term is kept, and the other one rejoins with its own content saved', async () => {
  const story = await beginTwo()
  const zone = dynamicZone(story.lab)
  const [verdict] = await verdictsOf(story)
  expect(verdict?.because).toMatch(/ns1 \(term 1, since .*\) and ns2 \(term 2, since .*\) are both active/)
  expect(verdict?.remedy).toContain('`baton resolve --keep ns2`')
  expect(codesOf(await rejoin(story, 'ns1'))).toEqual(['rejoin.two-actives'])
  expect(codesOf(await resolveActives(story, 'ns1'))).toEqual(['rejoin.lower-term'])
  const ended = await resolveActives(story, 'ns2')
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, from: 'ns1', term: 2 } })
  if (ended.ok) expect(ended.value.rescues.at(-1)).toMatch(/^rescue of ns1, term 1: /)
  await equalContent(story.lab)
  expect(await orphans(story.lab, 'ns1', zone)).toContain('orphan')
  expect(await marker(story.lab, 'ns1')).toContain('"role=standby" "term=2"')
  expect(await verdictsOf(story)).toEqual([])
  expect(await resolveActives(story, 'ns2')).toMatchObject({ ok: true, value: { outcome: 'nothing-to-do' } })
}, 120_000)

it('who insists keeps the one with the lower term, which gets the highest', async () => {
  const story = await beginTwo()
  const ended = await resolveActives(story, 'ns1', { term: 'despite-term' })
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, from: 'ns2', term: 3 } })
  await equalContent(story.lab)
  expect(rescuesOn(story.lab, 'ns2')).toEqual(['2'])
  expect(await marker(story.lab, 'ns1')).toContain('"role=active" "term=3"')
  expect(await marker(story.lab, 'ns2')).toContain('"role=standby" "term=3"')
  expect(await verdictsOf(story)).toEqual([])
}, 120_000)

it('of two in one term the one that is kept gets the next', async () => {
  const story = await begin()
  await must(breakLab(story.lab.folder, { kind: 'two-actives', server: 'ns2' }))
  const [verdict] = await verdictsOf(story)
  expect(verdict?.remedy).toMatch(/^ns2 was switched by hand: .* `baton resolve --keep ns1` saves/)
  const ended = await resolveActives(story, 'ns1')
  expect(ended).toMatchObject({ ok: true, value: { outcome: 'done', unwell: false, from: 'ns2', term: 2 } })
  await equalContent(story.lab)
  expect(await verdictsOf(story)).toEqual([])
}, 120_000)

async function begin(): Promise<Story> {
  const story = await beginStory({}, { 'convergence-max': '30s' })
  onTestFinished(story.remove)
  return story
}

/** ns1 was only cut off: it is active in term 1 and goes on taking updates beside ns2, which is active in term 2. */
async function beginTwo(): Promise<Story> {
  const story = await begin()
  await promoteByHand(story.lab, 'ns2')
  await addRecord(story.lab, 'ns1', 'orphan')
  await addRecord(story.lab, 'ns2', 'survivor')
  return story
}

async function verdictsOf({ fleetFile }: Story) {
  const seen = await status({ fleetFile })
  if (!seen.ok) throw new Error('no status')
  return seen.value.verdicts.filter(({ severity }) => severity === 'problem')
}
