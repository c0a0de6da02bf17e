import { describe, expect, it } from 'vitest'
import { readSources } from './source.ts'

/** Who reads where a server's channels are: the link that dials them, and a script that is printed for a person. */
const READERS = ['src/io/observe/link.ts', 'src/app/commands/rescue/rescue-scripts.ts']
/** Labs make the addresses up; a practice runs on a lab. */
const MAKERS = /^src\/(core|app\/lab|app\/practice)\//
const READS = [
  /\bserver\.(dns|statistics|control\.(address|port))\b/,
  /\{[^{}]{0,100}\b(dns|statistics)\b[^{}]{0,100}\} = (\w+(\([\w, ]*\))?\.)*server\b/,
  /\{[^;]{0,100}\b(dns|statistics)\b[^;]{0,100}\}: Server\b/,
]

describe('the addresses of a server', () => {
  it('are read by its link alone: everybody else dials', () => {
    const readers = readSources('src').filter(
      ({ path, text }) => !MAKERS.test(path) && READS.some(read => read.test(text)),
    )
    expect(readers.map(({ path }) => path).sort()).toEqual([...READERS].sort())
  })
})
