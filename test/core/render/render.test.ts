import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { complaints, writeRendering } from './checkconf.ts'
import { CORPUS } from './corpus.ts'
import { type Demo, renderDemo } from './demo-fleet.ts'

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
    const rendering = renderDemo(demo)
    await writeRendering(demo, rendering)
    const configurations = [...rendering.servers.values()]
      .flatMap(server => server.files)
      .filter(file => /named(\.\w+)?\.conf$/.test(file.path))
    expect(configurations).toHaveLength(8)
    for (const { path } of configurations) expect(await complaints(path)).toBe('')
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

function files(demo: Demo): ReadonlyMap<string, string> {
  const servers = [...renderDemo(demo).servers.values()]
  return new Map(servers.flatMap(server => server.files).map(file => [file.path, file.content]))
}
