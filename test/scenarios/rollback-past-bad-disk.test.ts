import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { killServer, labServerPaths } from '../../src/app/lab/index.ts'
import { failOver } from '../support/fail-over.ts'
import { mountOver } from '../support/small-disk.ts'
import { beginStory, type Story } from '../support/story.ts'

const SKIPPED = 'only root can mount a disk that becomes read-only'

describe('a failover that is taken back while the disk of a third peer is read-only', () => {
  let story: Story
  let unmount: (() => void) | undefined

  const folderOf = (server: string) => labServerPaths(story.lab.folder, server).configuration

  beforeEach(async () => {
    story = await beginStory({ peers: ['ns1', 'ns3', 'ns2'] }, { 'free-space-min': '1 KiB' })
    unmount = mountOver(folderOf('ns3'))
    await killServer(story.lab, 'ns1')
  })
  afterEach(async () => {
    unmount?.()
    await story.remove()
  })

  it('ends, with its notes removed wherever that can be done and the others told', async ({ skip }) => {
    if (unmount === undefined) skip(SKIPPED)
    const stop = new AbortController()
    const run = await failOver(story, {
      to: 'ns2',
      signal: stop.signal,
      onEvent(event, { plan }) {
        if (event.kind !== 'step-began' || plan.steps[event.step]?.kind !== 'close') return
        execFileSync('mount', ['-o', 'remount,ro', folderOf('ns3')])
        stop.abort()
      },
    })
    expect(run).toMatchObject({ ok: true, value: { outcome: 'rolled-back' } })
    const { remarks } = run.ok ? run.value : { remarks: [] }
    expect(remarks.filter(remark => remark.includes('on ns3 stays'))).toHaveLength(2)
    const left = ['baton/fenced/ns1', 'baton/forks/default.2'].map(path => join(folderOf('ns2'), path))
    expect(left.filter(path => existsSync(path))).toEqual([])
    expect(existsSync(join(folderOf('ns2'), 'baton/lock'))).toBe(false)
  })
})
