import { posix } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinPath } from '../../../src/core/base/index.ts'

describe('a path', () => {
  it('is joined as POSIX does, and never leads above the root', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b.conf', '.', '..', ''), { maxLength: 8 })
      .map(parts => parts.join('/'))
    fc.assert(
      fc.property(path, path, (folder, relative) => {
        expect(joinPath(`/${folder}`, relative)).toBe(posix.resolve(`/${folder}`, relative))
      }),
    )
  })
})
