import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'

const SCRIPT = fileURLToPath(new URL('./replace-forever.ts', import.meta.url))
const WHOLE = /^(a{2000000}|b{2000000})$/

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-killed-'))
})
afterEach(() => rm(folder, { recursive: true }))

it.each([2, 3, 5])('a process killed in its replace number %i leaves a whole file', async round => {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, join(folder, 'named.conf')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  try {
    for await (const line of createInterface({ input: child.stdout })) if (Number(line) === round) break
  } finally {
    child.kill('SIGKILL')
    await exited
  }
  expect(WHOLE.test(await readFile(join(folder, 'named.conf'), 'utf8'))).toBe(true)
  const others = (await readdir(folder)).filter(name => name !== 'named.conf')
  for (const name of others) expect(name).toMatch(/^\.baton-[0-9a-f]+\.tmp$/)
})
