import { copyFileSync, readdirSync, renameSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diff, preparePush, renderTo } from '../../src/app/commands/index.ts'
import { outcomeOf, PushBench, reasonsOf } from '../support/push-bench.ts'
import { UNWATCHED } from '../support/story.ts'

const NEW_ZONE = '\nzone "new.example" {\n\ttype primary;\n\tfile "zones/new.db";\n};\n'

describe('a push', () => {
  let bench: PushBench

  beforeAll(async () => {
    bench = await PushBench.open()
  })
  afterAll(() => bench.remove())

  const zones = (change: (text: string) => string) => bench.edit(bench.at('zones.conf'), change)

  it('has nothing to do where every server has what is rendered, byte for byte', async () => {
    expect(await bench.push()).toEqual({ kind: 'nothing-to-do' })
    const rendered = await renderTo({ fleetFile: bench.fleetFile, out: bench.at('out') })
    const servers = rendered.ok ? rendered.value.servers : []
    expect(servers.map(({ server }) => server)).toEqual(['ns1', 'ns2', 'e1'])
    for (const { server, files } of servers)
      for (const path of files) expect(bench.read(bench.at(`out/${server}${path}`))).toBe(bench.read(path))
  })

  it('changes the servers that differ and no others, and then has nothing to do', async () => {
    bench.edit(bench.at('base/e1.conf'), text => `${text}// by hand\n`)
    const pushed = await bench.push()
    expect(pushed.kind === 'ran' && pushed.plan.steps.map(({ step }) => step)).toEqual([
      'stage 2 files on e1, checked by its named-checkconf',
      'install them on e1 and reconfigure it',
      'write down on ns1 which fleet folder was pushed',
      'write down on ns2 which fleet folder was pushed',
      'look for every zone on e1',
    ])
    expect(outcomeOf(pushed)).toBe('done')
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
  })

  it('goes to secondaries first and to the active last, after all have accepted theirs', async () => {
    zones(text => text.replaceAll('\ttype primary;', '\ttype primary;\n\tmax-records 1000;'))
    const pushed = await bench.push()
    const steps = pushed.kind === 'ran' ? pushed.plan.steps.map(({ step }) => step) : []
    const order = steps.map(step => `${step.split(' ')[0]} ${/\b(e1|ns1|ns2)\b/.exec(step)?.[0]}`)
    const installed = ['stage e1', 'stage ns2', 'stage ns1', 'install e1', 'install ns2', 'install ns1']
    const expected = [...installed, 'write ns1', 'write ns2']
    expect(order.slice(0, -1)).toEqual(expected)
    expect(outcomeOf(pushed)).toBe('done')
  })

  it('adds a zone, and tells when its file is not there', async () => {
    zones(text => text + NEW_ZONE)
    const pushed = await bench.push()
    const run = pushed.kind === 'ran' ? pushed.run : undefined
    expect([run?.outcome, run?.unwell]).toEqual(['done', true])
    expect(run?.remarks.filter(remark => remark.includes(': 1 zone not loaded'))).toHaveLength(3)
    expect(run?.remarks.at(-1)).toMatch(/^A new zone .* `rndc .* reload new\.example`\. The other/)
    expect(run?.remarks.at(-1)).toContain(
      `put its file on ns1 as ${bench.at('servers/ns1/var/zones/new.db')}`,
    )
  })

  it('removes a zone, and adds it again with its file: then every server has it', async () => {
    zones(text => text.replace(NEW_ZONE, ''))
    const removed = await bench.push()
    expect(outcomeOf(removed)).toBe('done')
    expect(removed.kind === 'ran' && removed.plan.warnings).toEqual(
      ['ns1', 'ns2'].map(
        name =>
          `${name}: 1 zone no longer in the fleet folder: new.example. named forgets them; their files stay.`,
      ),
    )
    const folder = bench.at('servers/ns1/var/zones')
    copyFileSync(`${folder}/z1.example.db`, `${folder}/new.db`)
    zones(text => text + NEW_ZONE)
    const pushed = await bench.push()
    expect(pushed.kind === 'ran' && [pushed.run.outcome, pushed.run.unwell]).toEqual(['done', false])
    expect((await bench.status()).well).toBe(true)
  })

  it('takes no server all its zones, as where the list of them was emptied', async () => {
    const pushed = await bench.whileEdited(
      'zones.conf',
      () => '',
      () => bench.push(),
    )
    expect(reasonsOf(pushed)).toEqual(['cli.no-zone-left ns1', 'cli.no-zone-left ns2'])
  })

  it('puts everything back when a zone that loaded before does not load now', async () => {
    const before = ['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))
    const pushed = await bench.whileEdited(
      'zones.conf',
      text => text.replace('"zones/z1.example.db"', '"zones/elsewhere.db"'),
      () => bench.push(),
    )
    expect([outcomeOf(pushed), reasonsOf(pushed)]).toEqual(['rolled-back', ['engine.zones-not-right ns1']])
    expect(['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))).toEqual(before)
    expect((await bench.status()).well).toBe(true)
  })

  it('installs nothing anywhere when one server would not accept its configuration', async () => {
    const before = ['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))
    bench.touchBases('change')
    const pushed = await bench.whileEdited(
      'base/ns1.conf',
      text => text.replace('recursion no;', 'recursion perhaps;'),
      () => bench.push(),
    )
    expect(reasonsOf(pushed)).toEqual(['engine.configuration-refused ns1'])
    expect(JSON.stringify(pushed)).toContain(`${bench.onServer('ns1', 'named.active.conf')}:`)
    expect(JSON.stringify(pushed)).not.toContain('.trial')
    expect(['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))).toEqual(before)
    expect(outcomeOf(await bench.push())).toBe('done')
  })

  it('removes what it no longer renders, and what a killed writer left behind', async () => {
    const stale = bench.onServer('ns1', 'baton/active/internal.zones.conf')
    const torn = bench.onServer('ns1', 'baton/.baton-0123456789abcdef.tmp')
    writeFileSync(stale, '')
    writeFileSync(torn, '')
    utimesSync(torn, 0, 0)
    const different = await diff({ fleetFile: bench.fleetFile })
    expect(different.ok && different.value.files).toEqual([
      { server: 'ns1', path: stale, change: 'left-over', lines: [], linesLeftOut: 0 },
    ])
    bench.edit(bench.onServer('ns1', 'baton/base.conf'), text => `${text}// drift\n`)
    expect(outcomeOf(await bench.push())).toBe('done')
    expect([...bench.filesOn('ns1').keys()].filter(path => path === stale || path === torn)).toEqual([])
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
  })

  it('shows drift line by line, and of files with secrets that they differ', async () => {
    bench.edit(bench.onServer('ns2', 'named.conf'), text => text.replace('recursion no;', 'recursion yes;'))
    bench.edit(bench.onServer('ns2', 'baton/shared.conf'), text => text.replace('secret "', 'secret "AAAA'))
    const different = await diff({ fleetFile: bench.fleetFile })
    const files = different.ok ? different.value.files : []
    expect(files.map(({ lines }) => lines.filter(line => /^[-+]/.test(line)))).toEqual([
      [],
      ['-\trecursion yes;', '+\trecursion no;'],
    ])
    expect(JSON.stringify(different)).not.toContain('AAAA')
    expect(outcomeOf(await bench.push())).toBe('done')
  })

  it('changes the key of the control channel, and the one of transfers', async () => {
    bench.newKey('rndc')
    expect(outcomeOf(await bench.push())).toBe('done')
    bench.newKey('transfer')
    expect(outcomeOf(await bench.push())).toBe('done')
    expect((await bench.status()).well).toBe(true)
  })

  it('takes a new control key back as well', async () => {
    const key = bench.read(bench.at('keys/rndc.key'))
    bench.newKey('rndc')
    const pushed = await bench.whileEdited(
      'zones.conf',
      text => text.replace('"zones/z1.example.db"', '"zones/elsewhere.db"'),
      () => bench.push(),
    )
    expect(outcomeOf(pushed)).toBe('rolled-back')
    bench.edit(bench.at('keys/rndc.key'), () => key)
    expect((await bench.status()).well).toBe(true)
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
  })

  it('keeps line ends and bytes that are no UTF-8 as they are', async () => {
    bench.edit(bench.at('base/ns1.conf'), text => `// \xe9\xff\r\n${text.replaceAll('\n', '\r\n')}`)
    expect(outcomeOf(await bench.push())).toBe('done')
    expect(bench.read(bench.onServer('ns1', 'named.conf'))).toContain('// \xe9\xff\r\n')
    expect(outcomeOf(await bench.push())).toBe('nothing-to-do')
  })

  it('takes over what a base includes, and says which file it could not read', async () => {
    writeFileSync(bench.at('base/extra.conf'), 'acl "extra" { 127.0.0.1; };\n')
    bench.edit(bench.at('base/ns1.conf'), text => `${text}include "extra.conf";\n`)
    expect(outcomeOf(await bench.push())).toBe('done')
    expect(bench.read(bench.onServer('ns1', 'named.conf'))).toContain('acl "extra"')
    const missing = (text: string) => text.replace('extra.conf', 'nowhere.conf')
    const pushed = await bench.whileEdited('base/ns1.conf', missing, () => bench.push())
    expect(reasonsOf(pushed)).toEqual(['engine.configuration-refused ns1'])
    expect(pushed.kind === 'ran' && pushed.plan.warnings.join()).toContain('nowhere.conf')
  })

  it('finds a symbolic link before anything is installed', async () => {
    const [conf, real] = [bench.onServer('ns1', 'named.conf'), bench.onServer('ns1', 'real.conf')]
    bench.touchBases('link')
    renameSync(conf, real)
    symlinkSync('real.conf', conf)
    const pushed = await bench.push()
    expect([outcomeOf(pushed), reasonsOf(pushed)]).toEqual(['rolled-back', ['hosts.symbolic-link ns1']])
    renameSync(real, conf)
    expect(outcomeOf(await bench.push())).toBe('done')
  })

  it('lets one of two operators through, and refuses a plan that others have overtaken', async () => {
    bench.touchBases('two')
    const prepare = async () => {
      const prepared = await preparePush({ fleetFile: bench.fleetFile, reason: undefined })
      if (!prepared.ok || prepared.value.plan === undefined) throw new Error('there is something to do')
      return prepared.value
    }
    const [one, two, three] = [await prepare(), await prepare(), await prepare()]
    const ends = await Promise.all([one.start(UNWATCHED), two.start(UNWATCHED)])
    expect(ends.map(end => (end.ok ? end.value.outcome : end.error.map(({ code }) => code)))).toEqual(
      expect.arrayContaining(['done', ['engine.locked']]),
    )
    const late = await three.start(UNWATCHED)
    expect(!late.ok && late.error.map(({ code }) => code)).toEqual(['cli.changed-meanwhile'])
    await Promise.all([one.close(), two.close(), three.close()])
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('goes back when a person stops it after step %i', async count => {
    bench.touchBases(`stopped ${count}`)
    const before = ['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))
    const stop = new AbortController()
    let done = 0
    const pushed = await bench.push({
      signal: stop.signal,
      onEvent: ({ kind }) => {
        if (kind === 'step-done' && ++done === count) stop.abort()
      },
    })
    expect(outcomeOf(pushed)).toBe('rolled-back')
    expect(['ns1', 'ns2', 'e1'].map(server => bench.filesOn(server))).toEqual(before)
  })

  it('leaves no staged file behind', () => {
    const runs = readdirSync(bench.onServer('ns1', 'baton/runs'))
    expect(runs.length).toBeGreaterThan(0)
    for (const run of runs)
      expect(readdirSync(bench.onServer('ns1', `baton/runs/${run}`))).not.toContain('files')
  })
})
