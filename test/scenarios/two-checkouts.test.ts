import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { preparePush, status } from '../../src/app/commands/index.ts'
import { parsePushed } from '../../src/core/pushed/index.ts'
import { outcomeOf, PushBench, reasonsOf } from '../support/push-bench.ts'
import { checkOutAgain } from '../support/second-checkout.ts'
import { runToEnd } from '../support/story.ts'

const NEW_ZONE = '\nzone "new.example" {\n\ttype primary;\n\tfile "zones/new.db";\n};\n'

let bench: PushBench

beforeEach(async () => {
  bench = await PushBench.open()
})
afterEach(() => bench.remove())

/** The other operator's checkout, and what comes of it. */
const pushFrom = async (fleetFile: string, despiteNewer?: string) => {
  const run = await runToEnd(await preparePush({ fleetFile, reason: undefined, despiteNewer }))
  return run.ok ? run.value.outcome : run.error.map(({ code }) => code)
}

const edit = (fleetFile: string, name: string, text: string) =>
  appendFileSync(join(dirname(fleetFile), name), text)

const digestPushed = () => {
  const read = parsePushed(bench.read(bench.onServer('ns1', 'baton/pushed')))
  return read.ok ? read.value.folder.digest : 'none'
}

describe('a checkout that another was pushed after', () => {
  it('does not remove the zones of a colleague, and status says why', async () => {
    const stale = await checkOutAgain(bench.lab)
    bench.edit(bench.at('zones.conf'), text => text + NEW_ZONE)
    expect(outcomeOf(await bench.push())).toBe('done')
    expect(await pushFrom(stale)).toEqual(['push.folder-behind'])
    edit(stale, 'base/e1.conf', '// an edit\n')
    expect(await pushFrom(stale)).toEqual(['push.folder-behind'])
    const seen = await status({ fleetFile: stale })
    expect(seen.ok && seen.value.verdicts.map(({ code }) => code)).toContain('snapshot.folder-behind')
    expect(bench.read(bench.onServer('ns1', 'baton/active/default.zones.conf'))).toContain('new.example')
  })

  it('is pushed when a person names the state that is to go', async () => {
    const stale = await checkOutAgain(bench.lab)
    edit(stale, 'base/e1.conf', '// ours\n')
    bench.edit(bench.at('base/ns2.conf'), text => `${text}// a colleague\n`)
    expect(outcomeOf(await bench.push())).toBe('done')
    expect(await pushFrom(stale, '0123456789ab')).toEqual(['push.folder-behind'])
    expect(await pushFrom(stale, digestPushed().slice(0, 7))).toEqual(['push.folder-behind'])
    expect(await pushFrom(stale, digestPushed().slice(0, 12))).toBe('done')
    expect(reasonsOf(await bench.push())).toEqual(['push.folder-behind lab'])
  })
})

describe('a checkout that was made from what was pushed', () => {
  it('is pushed where it was seen here to be that', async () => {
    bench.edit(bench.at('base/ns2.conf'), text => `${text}// a colleague\n`)
    expect(outcomeOf(await bench.push())).toBe('done')
    const fresh = await checkOutAgain(bench.lab)
    expect((await status({ fleetFile: fresh })).ok).toBe(true)
    edit(fresh, 'base/e1.conf', '// the next\n')
    expect(await pushFrom(fresh)).toBe('done')
    edit(fresh, 'base/e1.conf', '// and the next\n')
    expect(await pushFrom(fresh)).toBe('done')
  })

  it('is pushed where Git knows that it was, and refused where Git knows that it was not', async () => {
    const first = await checkOutAgain(bench.lab)
    const [one, two] = [dirname(first), bench.at('two')]
    rmSync(join(one, '.baton'), { recursive: true, force: true })
    git(one, 'init', '--quiet')
    commit(one, 'begin')
    cpSync(one, two, { recursive: true })
    edit(first, 'base/e1.conf', '// one\n')
    commit(one, 'one')
    expect(await pushFrom(first, digestPushed())).toBe('done')
    const second = join(two, 'baton.yaml')
    expect(await pushFrom(second)).toEqual(['push.folder-behind'])
    git(two, 'pull', '--quiet', one, 'HEAD')
    edit(second, 'base/ns2.conf', '// two\n')
    rmSync(join(two, '.baton'), { recursive: true, force: true })
    commit(two, 'two')
    expect(await pushFrom(second)).toBe('done')
    edit(first, 'base/ns1.conf', '// three\n')
    commit(one, 'three')
    expect(await pushFrom(first)).toEqual(['push.folder-behind'])
  })
})

function git(folder: string, ...words: readonly string[]): void {
  const who = ['-c', 'user.name=eva', '-c', 'user.email=eva@example.com']
  execFileSync('git', ['-C', folder, ...who, ...words], { stdio: 'pipe' })
}

function commit(folder: string, message: string): void {
  git(folder, 'add', '--all', ':!.baton')
  git(folder, 'commit', '--quiet', '--message', message)
}
