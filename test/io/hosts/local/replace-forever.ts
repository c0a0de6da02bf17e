import { localHost } from '../../../../src/io/hosts/index.ts'

const CONTENT_BYTES = 2_000_000

/** A process of its own, for being killed: replaces the file it is given for ever, and says each time when it starts. */
const [path] = process.argv.slice(2)
const host = localHost('ns1')
for (let round = 0; path !== undefined; round++) {
  const content = (round % 2 === 0 ? 'a' : 'b').repeat(CONTENT_BYTES)
  process.stdout.write(`${round}\n`)
  const replaced = await host.replace({ path, content, mode: 0o600, user: undefined })
  if (!replaced.ok) throw new Error(replaced.error.because)
}
