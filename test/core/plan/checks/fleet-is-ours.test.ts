import { expect, it } from 'vitest'
import { runChecks, stoppersOf } from '../../../../src/core/plan/index.ts'
import { LOCK, withFiles, withMarker } from '../../snapshot/world.ts'
import { askedWorld, contextOf, PUSH, SWITCHOVER } from '../question.ts'

const WELL = askedWorld()

const FOREIGN = ['ns1', 'ns2'].reduce((world, name) => withMarker(world, name, { fleet: 'other' }), WELL)
/** What follows from it: files that differ, and whatever holds the other fleet. */
const WITH_FOLLOWERS = withFiles(FOREIGN, 'ns1', { digests: new Map(), lock: LOCK })

it.each([SWITCHOVER, PUSH])('is all that is said of the servers of another fleet ($operation)', subject => {
  const stoppers = stoppersOf(runChecks(contextOf(WITH_FOLLOWERS, subject)))
  expect(stoppers.map(({ code, subject: name, because }) => `${code} ${name}: ${because}`)).toEqual([
    'check.fleet-is-ours ns1: it calls itself ns1 of fleet other, not ns1 of demo',
    'check.fleet-is-ours ns2: it calls itself ns2 of fleet other, not ns2 of demo',
  ])
  for (const { remedy } of stoppers)
    expect(remedy).toMatch(/^If this file is meant for fleet other, put `fleet: other` into it\. /)
})

it('speaks of address and port where another server answers', () => {
  const stoppers = stoppersOf(runChecks(contextOf(withMarker(WELL, 'ns2', { server: 'ns1' }), SWITCHOVER)))
  expect(stoppers.map(({ because, remedy }) => `${because}. ${remedy}`)).toEqual([
    'it calls itself ns1 of fleet demo, not ns2 of demo. Compare its address, ports and folder in baton.yaml with the server itself.',
  ])
})
