import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { identifyProcess } from '../../../src/io/hosts/index.ts'
import { beginRun, lifeOf, ownProcess, WATCH_MS, watchForSigns } from '../../../src/io/journal/index.ts'
import { type Copies, clock, HOLDER, makeCopies, planOf } from './copies.ts'

const SCRIPT = fileURLToPath(new URL('./tell-life.ts', import.meta.url))

describe('the process that holds a run', () => {
  const child = spawn('sleep', ['600'])
  const running = { ...ownProcess(), pid: child.pid ?? 0, start: identifyProcess(child.pid ?? 0)?.startTicks }

  it.each<[string, Parameters<typeof lifeOf>[0], ReturnType<typeof lifeOf>]>([
    ['runs here', running, 'running'],
    ['has a number that is used again', { ...running, start: 1 }, 'gone'],
    ['is gone', { ...running, pid: 2 ** 22 + 1 }, 'gone'],
    ['is this one, which has given it up', ownProcess(), 'gone'],
    ['ran before a boot, or on another machine', { ...running, boot: 'another' }, 'unknown'],
    ['is in another container', { ...running, namespace: 'pid:[1]' }, 'unknown'],
    ['left its number alone', { pid: running.pid }, 'unknown'],
    ['left nothing', undefined, 'unknown'],
    ['comes from a kernel that tells no namespace', { ...running, namespace: '' }, 'unknown'],
  ])('%s', (_, holder, life) => {
    expect(lifeOf(holder)).toBe(life)
  })

  it('that has ended and was not waited for is gone', async () => {
    child.kill()
    await once(child, 'exit')
    expect(lifeOf(running)).toBe('gone')
  })
})

describe('a process of another user, as one sees it who may not', () => {
  // proc(5): with 1 it is there and can't be read, with 2 it isn't to be seen.
  it.for([1, 2])('hidepid=%i: its life is unknown', async (hidepid, { skip }) => {
    const holder = JSON.stringify({ ...ownProcess(), start: identifyProcess(process.pid)?.startTicks })
    const mount = `mount -t proc -o hidepid=${hidepid} proc /proc`
    const asNobody = 'exec setpriv --reuid 65534 --regid 65534 --clear-groups -- "$@"'
    const node = [process.execPath, '--import', 'tsx', SCRIPT, holder]
    const child = spawn(
      'unshare',
      ['--mount', 'sh', '-c', `${mount} || exit 99; ${asNobody}`, 'sh', ...node],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, HOME: '/nonexistent' },
      },
    )
    let said = ''
    child.stdout.on('data', data => (said += String(data)))
    child.stderr.on('data', data => (said += String(data)))
    const [exit] = (await once(child, 'close')) as [number]
    if (process.geteuid?.() !== 0 || exit === 99) skip('only root may hide processes')
    expect(said.trim()).toBe('unknown')
  })
})

describe('a run that is watched', () => {
  let copies: Copies

  beforeEach(async () => {
    copies = await makeCopies()
  })
  afterEach(() => copies.remove())

  /** A stopwatch on which the whole watch passes between two looks, and a clock that is years behind. */
  const begin = async () => {
    const begun = await beginRun({
      plan: planOf('run-1'),
      copies: copies.all,
      clock: { now: () => 1000, elapsed: () => 0 },
      holder: HOLDER,
    })
    if (!begun.ok) throw new Error(begun.error.because)
    return begun.value
  }
  const fast = () => {
    let elapsed = 0
    return { elapsed: () => (elapsed += WATCH_MS / 4) }
  }

  it('stands still where nobody writes, however new its lines are', async () => {
    await begin()
    expect(await watchForSigns(copies.all, 'run-1', fast())).toBe('still')
  })

  it('moves with every line, however old it says that it is', async () => {
    const journal = await begin()
    const watch = watchForSigns(copies.all, 'run-1', clock)
    await new Promise(resolve => setImmediate(resolve))
    const over = new Set<string>()
    void watch.then(seen => over.add(seen))
    while (over.size === 0) await journal.write({ kind: 'alive' }, 'one-copy')
    expect(await watch).toBe('moved')
  })
})
