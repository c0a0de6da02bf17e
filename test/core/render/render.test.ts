import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rendering, render } from '../../../src/core/render/index.ts'
import { CORPUS } from './corpus.ts'
import type { Demo } from './demo-fleet.ts'

const run = promisify(execFile)
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-render-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe.each(Object.entries(CORPUS))('%s', (name, make) => {
  test('renders the same bytes twice', () => {
    expect(files(make('/srv/demo'))).toEqual(files(make('/srv/demo')))
  })

  test('is accepted by named-checkconf on every server, in every role', async () => {
    const demo = make(join(folder, name.replaceAll(' ', '-')))
    const rendering = renderedOf(demo)
    await writeFiles(demo, rendering)
    const configurations = [...rendering.servers.values()]
      .flatMap(server => server.files)
      .filter(file => /named(\.\w+)?\.conf$/.test(file.path))
    expect(configurations).toHaveLength(8)
    for (const { path } of configurations) expect(await checkconf(path)).toBe('')
  })

  test('renders the active zones of what it rendered as they are', () => {
    const demo = make('/srv/demo')
    const rendered = files(demo)
    const texts = new Map(demo.sources.texts)
    for (const { name: set, zones } of demo.fleet.zoneSets) {
      for (const { view, file } of zones) {
        const folderOfSet = demo.fleet.zoneSets.length === 1 ? '' : `${set}/`
        const path = `/srv/demo/ns1/etc/baton/active/${folderOfSet}${view ?? 'default'}.zones.conf`
        texts.set(file, rendered.get(path) ?? '')
      }
    }
    expect(files({ ...demo, sources: { ...demo.sources, texts } })).toEqual(rendered)
  })
})

export function renderedOf({ fleet, sources }: Demo): Rendering {
  const result = render(fleet, sources, new Map())
  if (!result.ok) throw new Error(result.error.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  return result.value
}

function files(demo: Demo): ReadonlyMap<string, string> {
  const servers = [...renderedOf(demo).servers.values()]
  return new Map(servers.flatMap(server => server.files).map(file => [file.path, file.content]))
}

async function writeFiles({ fleet }: Demo, { servers }: Rendering): Promise<void> {
  for (const server of fleet.servers) await mkdir(join(server.paths.directory, 'keys'), { recursive: true })
  for (const file of [...servers.values()].flatMap(server => server.files)) {
    await mkdir(dirname(file.path), { recursive: true })
    await writeFile(file.path, file.content, { mode: file.mode })
  }
}

async function checkconf(path: string): Promise<string> {
  try {
    const { stdout, stderr } = await run('named-checkconf', [path])
    return stdout + stderr
  } catch (error) {
    return `${path}: ${(error as { stdout?: string }).stdout}`
  }
}
