import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LabBreakOptions, labBreak, labList } from '../../../src/app/practice/index.ts'
import { planFor } from '../../../src/app/practice/lab.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-practice-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('a plan for a lab', () => {
  it('has three dynamic zones in five unless a number is given', () => {
    expect(planFor({ zones: 50, zonesDynamic: undefined })).toMatchObject({ zones: 50, zonesDynamic: 30 })
    expect(planFor({ zones: 7, zonesDynamic: undefined }).zonesDynamic).toBe(4)
    expect(planFor({ zones: 7, zonesDynamic: 7 }).zonesDynamic).toBe(7)
  })

  it('is the one of the demo where nothing is asked for', () => {
    expect(planFor({ zones: undefined, zonesDynamic: undefined })).toMatchObject({
      zones: 200,
      zonesDynamic: 120,
    })
  })
})

describe('a folder without a lab', () => {
  it('cannot be listed', () => {
    expect(codesOf(labList({ folder }))).toEqual(['lab.folder-not-ours'])
  })

  it.each([
    { kind: undefined, server: undefined, zone: undefined, because: 'it is not said what to break' },
    { kind: 'crash', server: undefined, zone: undefined, because: 'it is not said on which server' },
    { kind: 'smash', server: 'ns1', zone: undefined, because: 'there is no such break' },
    { kind: 'corrupt', server: 'ns1', zone: undefined, because: 'it breaks one zone, and none is named' },
  ])('says of a break of $kind on $server: $because', async ({ because, ...breakage }) => {
    const options: LabBreakOptions = { folder, ...breakage }
    const broken = await labBreak(options)
    expect(broken.ok ? [] : broken.error).toMatchObject([{ code: 'cli.usage', because }])
  })
})

function codesOf(result: ReturnType<typeof labList>): readonly string[] {
  return result.ok ? [] : result.error.map(({ code }) => code)
}
