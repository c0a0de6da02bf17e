import { afterEach, expect, it } from 'vitest'
import { breakLab, killServer } from '../../src/app/lab/index.ts'
import { addRecord, dynamicZone, failOver, orderFailover } from '../support/fail-over.ts'
import { equalContent, rndc } from '../support/guarded-lab.ts'
import { must } from '../support/rejoin.ts'
import { beginStory, type Story } from '../support/story.ts'

let story: Story

afterEach(() => story.remove())

it('a zone whose file was spoilt on the standby is written anew from what its named has, as the refusal says', async () => {
  story = await beginStory()
  const { lab } = story
  const zone = dynamicZone(lab)
  await addRecord(lab, 'ns1', 'before')
  await equalContent(lab)
  await must(breakLab(lab.folder, { kind: 'corrupt', server: 'ns2', zone }))
  await must(killServer(lab, 'ns1'))
  const refused = await orderFailover(story, {})
  expect(refused.ok ? [] : refused.error.map(({ code }) => code)).toContain('check.disk-readable')
  expect(JSON.stringify(refused)).toMatch(new RegExp(`sync ${zone}\` writes what named still has of it`))
  await rndc(lab, 'ns2', ['sync', zone])
  expect(await failOver(story)).toMatchObject({ ok: true, value: { outcome: 'done', to: 'ns2' } })
}, 60_000)
