import { readlinkSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { join, relative } from 'node:path'
import { localHost } from '../../../../src/io/hosts/index.ts'

/**
 * A process of its own, for what a disk is told: writes into the folder it is given, and prints which calls of Node each
 * write made, in the order in which they were done. All calls still happen.
 */
const [folder = ''] = process.argv.slice(2)
const paths = new WeakMap<object, string>()
let calls: string[] = []

type Call = (...words: unknown[]) => Promise<unknown>

/** Puts a recorder around functions of an object; one that fails is not recorded. */
function record(object: object, names: readonly string[]): void {
  for (const name of names) {
    const real = Reflect.get(object, name) as Call
    const recorder = async function (this: unknown, ...words: unknown[]): Promise<unknown> {
      // Before the call: a folder that leads to a file is closed soon after it.
      const files = [this, ...words].flatMap(word => pathOf(word) ?? [])
      const done = await real.apply(this, words)
      calls.push([name, ...files.map(path => relative(folder, path) || '.')].join(' '))
      return done
    }
    Reflect.set(object, name, recorder)
  }
}

function pathOf(word: unknown): string | undefined {
  if (typeof word !== 'string') return typeof word === 'object' && word !== null ? paths.get(word) : undefined
  const path = followed(word)
  return path.startsWith(folder) ? path : undefined
}

/** Root reaches a file through its folder, which it holds open: the path that this leads to. */
function followed(path: string): string {
  const [, descriptor, rest = ''] = /^(\/proc\/self\/fd\/\d+)(\/.*)?$/.exec(path) ?? []
  return descriptor === undefined ? path : `${readlinkSync(descriptor)}${rest}`
}

const realOpen = fs.open
fs.open = async (path, ...words) => {
  const asNamed = followed(String(path))
  const handle = await realOpen(path, ...words)
  paths.set(handle, asNamed)
  return handle
}
const handle = await realOpen(folder, 'r')
record(Object.getPrototypeOf(handle) as object, ['writeFile', 'appendFile', 'sync'])
await handle.close()
record(fs, ['writeFile', 'rename', 'link', 'mkdir', 'rm'])
syncBuiltinESMExports()

const host = localHost('ns1')
const file = (name: string) => ({ path: join(folder, name), content: 'x\n', mode: 0o640, user: undefined })
const writes = {
  'replace with new folders': () => host.replace(file('a/b/named.conf')),
  replace: () => host.replace(file('a/b/named.conf')),
  create: () => host.create(file('lock')),
  'append to nothing': () => host.append(file('journal')),
  append: () => host.append(file('journal')),
  copy: () => host.copy(join(folder, 'journal'), join(folder, 'a/journal')),
  remove: () => host.remove(join(folder, 'a/b')),
}
for (const [name, write] of Object.entries(writes)) {
  calls = []
  const written = await write()
  if (!written.ok) throw new Error(written.error.because)
  const line = JSON.stringify([name, calls]).replaceAll(/\.baton-[0-9a-f]+\.tmp/g, 'TEMPORARY')
  process.stdout.write(`${line}\n`)
}
