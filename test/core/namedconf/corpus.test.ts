import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { decodeConf, encodeConf, parse, print } from '../../../src/core/namedconf/index.ts'
import { checkconf } from './checkconf.ts'

const FOLDER = join('test', 'corpus', 'namedconf')
const names = readdirSync(FOLDER).filter(name => name.endsWith('.conf'))

describe.each(names)('%s', name => {
  const path = join(process.cwd(), FOLDER, name)
  const file = parse(decodeConf(readFileSync(path)), name)

  it('comes back to the byte', () => {
    expect(Buffer.from(encodeConf(print(file))).equals(readFileSync(path))).toBe(true)
  })

  it('is judged by us as by named-checkconf', () => {
    const verdict = checkconf(path)
    expect(verdict.accepted, verdict.output).toBe(name.startsWith('good-'))
    expect(file.diagnostics.length === 0, JSON.stringify(file.diagnostics)).toBe(verdict.accepted)
  })
})
