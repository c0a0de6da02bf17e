import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestRendering } from '../../../src/app/commands/session/digested-rendering.ts'
import {
  type RenderingOrder,
  recallRendering,
  rememberRendering,
  renderingKey,
} from '../../../src/app/commands/session/remembered-rendering.ts'
import { invariant, SharedKey } from '../../../src/core/base/index.ts'
import { firstStandings, type Rendering, render } from '../../../src/core/render/index.ts'
import { KEYS, makeDemo } from '../../core/render/demo-fleet.ts'

const ZONES = `zone "a.example" { type primary; file "a.db"; allow-update { key writer; }; };
zone "b.example" { type primary; file "b.db"; };
`
const BUILD = 'one'

let folder: string
let order: RenderingOrder

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-rendered-'))
  const { fleet, sources } = makeDemo({ folder, zones: { default: ZONES } })
  order = { fleet, sources, standings: firstStandings(fleet, '2026-01-01T00:00:00Z') }
})
afterEach(() => rm(folder, { recursive: true }))

describe('a rendering that is remembered', () => {
  it('is recalled with all paths, digests and zones, and its texts are rendered when somebody asks', async () => {
    const key = renderingKey(order, BUILD)
    const kept = digestRendering(renderNow())
    await rememberRendering(order.fleet, key, kept)
    const recalled = await recallRendering(order, key)
    expect(recalled?.digests).toEqual(kept.digests)
    invariant(recalled !== undefined, 'it was remembered')
    expect(withTexts(recalled.rendering)).toEqual(withTexts(kept.rendering))
    const zones = [...recalled.rendering.servers.values()].map(server => server.zones)
    expect(zones).toEqual([...kept.rendering.servers.values()].map(server => server.zones))
    expect(zones[1]).toBe(zones[0])
  })

  it('is recalled as it would be now when the roles have changed', async () => {
    const key = renderingKey(order, BUILD)
    await rememberRendering(order.fleet, key, digestRendering(renderNow()))
    const since = '2026-02-02T00:00:00Z'
    const standings = new Map(
      [...order.standings].map(([peer, own]) => [
        peer,
        own.map(
          ({ set, role }) =>
            ({ set, role: role === 'active' ? 'standby' : 'active', term: 2, since }) as const,
        ),
      ]),
    )
    const before = digestRendering(renderNow())
    order = { ...order, standings }
    const now = digestRendering(renderNow())
    expect(now.digests).not.toEqual(before.digests)
    const recalled = await recallRendering(order, renderingKey(order, BUILD))
    invariant(recalled !== undefined, 'it was remembered')
    expect(recalled.digests).toEqual(now.digests)
    expect(withTexts(recalled.rendering)).toEqual(withTexts(now.rendering))
  })

  it('holds neither texts nor secrets', async () => {
    await rememberRendering(order.fleet, renderingKey(order, BUILD), digestRendering(renderNow()))
    const text = await readFile(join(folder, '.baton/rendered.json'), 'utf8')
    const secret = Buffer.from(KEYS.get('transfer')?.reveal() ?? []).toString('base64')
    expect(
      renderNow()
        .servers.get('ns1')
        ?.files.some(({ content }) => content.includes(secret)),
    ).toBe(true)
    expect(text).not.toContain(secret)
    expect(text).not.toContain('allow-update')
  })

  it('is nothing for any other order', async () => {
    const key = renderingKey(order, BUILD)
    await rememberRendering(order.fleet, key, digestRendering(renderNow()))
    const [path] = order.sources.texts.keys()
    const texts = new Map([...order.sources.texts, [path ?? '', `${ZONES}# more\n`] as const])
    const otherSecret = new SharedKey('transfer', 'hmac-sha256', new TextEncoder().encode('another'))
    const keys = new Map([...KEYS, ['transfer', otherSecret] as const])
    const releases = new Map([['ns1', '9.20'] as const])
    const others = [
      renderingKey(order, 'two'),
      renderingKey({ ...order, sources: { ...order.sources, texts } }, BUILD),
      renderingKey({ ...order, sources: { ...order.sources, keys } }, BUILD),
      renderingKey({ ...order, sources: { ...order.sources, releases } }, BUILD),
      renderingKey({ ...order, fleet: { ...order.fleet, name: 'other' } }, BUILD),
    ]
    expect(new Set([key, ...others]).size).toBe(others.length + 1)
    for (const other of others) expect(await recallRendering(order, other)).toBeUndefined()
  })

  it('does not depend on which server answered first', () => {
    const both = [['ns1', '9.18'] as const, ['ns2', '9.20'] as const]
    const keys = [both, both.toReversed()].map(releases =>
      renderingKey({ ...order, sources: { ...order.sources, releases: new Map(releases) } }, BUILD),
    )
    expect(keys[0]).toBe(keys[1])
  })

  it.each(['', 'rubbish', '[]', 'null', '{"version":1}'])('is nothing when the file holds %j', async text => {
    const key = renderingKey(order, BUILD)
    await rememberRendering(order.fleet, key, digestRendering(renderNow()))
    await writeFile(join(folder, '.baton/rendered.json'), text)
    expect(await recallRendering(order, key)).toBeUndefined()
  })
})

function renderNow(): Rendering {
  const rendering = render(order.fleet, order.sources, order.standings)
  invariant(rendering.ok, 'the demo fleet renders')
  return rendering.value
}

function withTexts({ servers }: Rendering) {
  return [...servers.values()].flatMap(({ server, files }) =>
    files.map(({ path, content, mode, secret }) => ({ server, path, content, mode, secret })),
  )
}
