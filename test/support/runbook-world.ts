import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { status } from '../../src/app/commands/index.ts'
import {
  breakLab,
  findPorts,
  killServer,
  type Lab,
  labPaths,
  labServerPaths,
  mendLab,
  startServer,
  stopServer,
} from '../../src/app/lab/index.ts'
import { bury } from './bury.ts'
import { addRecord, failOver } from './fail-over.ts'
import { equalContent, guard, promoteByHand } from './guarded-lab.ts'
import { type CommandMoment, interruptAt } from './interrupt.ts'
import { programsOf } from './lab-programs.ts'
import { must } from './rejoin.ts'
import { checkOutAgain } from './second-checkout.ts'
import { beginStory, type Story, switchOver } from './story.ts'
import { until } from './until.ts'

const DAYS_AGO_S = 30 * 86_400

/** A small fleet, and where the operator sits. */
export class RunbookWorld {
  readonly story: Story
  /** Where disks are kept that are put back later. */
  readonly #kept = mkdtempSync(join(tmpdir(), 'baton-kept-'))
  #fleetFile: string

  private constructor(story: Story) {
    this.story = story
    this.#fleetFile = story.fleetFile
  }

  static async open(): Promise<RunbookWorld> {
    return new RunbookWorld(await beginStory({ zones: 4, zonesDynamic: 2 }, { 'convergence-max': '30s' }))
  }

  async close(): Promise<void> {
    rmSync(this.#kept, { recursive: true })
    await this.story.remove()
  }

  get lab(): Lab {
    return this.story.lab
  }

  get fleetFile(): string {
    return this.#fleetFile
  }

  /** What a page lets happen. */
  async happen([name = '', ...words]: readonly string[]): Promise<void> {
    const event = EVENTS.get(name)
    if (event === undefined) throw new Error(`nobody knows how to let "${name}" happen`)
    await event(this, words)
  }

  /** What a page lets a person type on a server, and what it prints. */
  async type(server: string, [program = '', ...words]: readonly string[]): Promise<string> {
    const known = PROGRAMS.get(program)
    if (known === undefined) throw new Error(`nobody knows how to type "${program}" on ${server}`)
    const printed = await known(this, server, words)
    return typeof printed === 'string' ? printed : ''
  }

  /** From here on the operator sits where nobody answers under the address of that server. */
  async leaveOut(server: string): Promise<void> {
    this.#fleetFile = await checkOutAgain(this.lab)
    const [port, rndc, statistics] = await must(findPorts(3))
    const text = parseDocument(readFileSync(this.#fleetFile, 'utf8'))
    text.setIn(['servers', server, 'port'], port)
    text.setIn(['servers', server, 'rndc', 'port'], rndc)
    text.setIn(['servers', server, 'statistics'], statistics)
    writeFileSync(this.#fleetFile, String(text))
  }

  sitElsewhere(): void {
    this.#fleetFile = this.story.fleetFile
  }

  keepDisk(server: string): void {
    for (const path of foldersOf(this.lab, server)) cpSync(path, join(this.#kept, path), { recursive: true })
  }

  putDiskBack(server: string): void {
    for (const path of foldersOf(this.lab, server)) {
      rmSync(path, { recursive: true })
      cpSync(join(this.#kept, path), path, { recursive: true })
    }
  }

  /** The zone files of a server get this time; expiry is counted from it. */
  dateZones(server: string, secondsAgo: number): void {
    const folder = join(labServerPaths(this.lab.folder, server).directory, 'zones')
    const then = Date.now() / 1000 - secondsAgo
    for (const file of readdirSync(folder)) utimesSync(join(folder, file), then, then)
  }

  addZone(zone: string): void {
    const { zones } = labPaths(this.lab.folder)
    writeFileSync(zones, `\nzone "${zone}" {\n\ttype primary;\n\tfile "zones/${zone}.db";\n};\n`, {
      flag: 'a',
    })
  }
}

type Act = (world: RunbookWorld, words: readonly string[]) => Promise<void> | void

function onServer(act: (world: RunbookWorld, server: string) => unknown): Act {
  return async (world, [server = '']) => {
    await act(world, server)
  }
}

/** As systemd does with the guard's units in place: a peer that its guard does not allow to start does not. */
async function startGuarded({ lab }: RunbookWorld, server: string): Promise<void> {
  if (lab.plan.peers.includes(server)) {
    const { exit, output } = await guard(lab, server, 'boot')
    if (exit !== 0) throw new Error(`the guard keeps ${server} from starting: ${output}`)
  }
  await must(startServer(lab, server, 'answering'))
}

function expectDone(ended: Awaited<ReturnType<typeof failOver>>): void {
  if (!ended.ok || ended.value.outcome !== 'done') throw new Error(JSON.stringify(ended))
}

/** named answers "not loaded" with an error. */
function isLoaded(lab: Lab, zone: string): boolean {
  try {
    for (const { name } of lab.servers) programsOf(lab).rndc(name, 'zonestatus', zone)
    return true
  } catch {
    return false
  }
}

/** named lets its zones expire one after another once it has started. */
async function isExpired({ fleetFile, lab }: Story, server: string): Promise<boolean> {
  const seen = await status({ fleetFile })
  const because = seen.ok ? seen.value.verdicts.map(({ subject, because }) => `${subject}: ${because}`) : []
  return because.some(
    told => told.startsWith(`${server}: ${lab.plan.zones} zones`) && told.includes('expired'),
  )
}

/** A switchover to ns2 whose process is killed at that moment. */
function dieAt(moment: CommandMoment): Act {
  return async ({ story }) => {
    const die = () => Promise.reject(new Error('Baton died here'))
    const ended = await switchOver(story, interruptAt(moment, die)).catch(() => 'died')
    if (ended !== 'died') throw new Error('the switchover did not die')
    bury(story.lab.folder)
  }
}

/** A table of what may happen, by the first word. */
const EVENTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['kill', onServer(({ lab }, server) => must(killServer(lab, server)))],
  ['stop', onServer(({ lab }, server) => must(stopServer(lab, server)))],
  ['start-unguarded', onServer(({ lab }, server) => must(startServer(lab, server, 'answering')))],
  ['hang', onServer(({ lab }, server) => must(breakLab(lab.folder, { kind: 'hang', server })))],
  ['drift', onServer(({ lab }, server) => must(breakLab(lab.folder, { kind: 'drift', server })))],
  ['mend', async ({ lab }) => void (await must(mendLab(lab.folder)))],
  ['sync', onServer(({ lab }, server) => programsOf(lab).rndc(server, 'sync'))],
  ['await-zone', ({ lab }, [zone = '']) => until(`${zone} is loaded`, async () => isLoaded(lab, zone))],
  [
    'await-expired',
    onServer(({ story }, server) => until(`${server} has let all expire`, () => isExpired(story, server))),
  ],
  ['write', ({ lab }, [server = '', label = '']) => addRecord(lab, server, label)],
  ['settle', ({ lab }) => equalContent(lab)],
  ['fail-over', async ({ story }) => expectDone(await failOver(story))],
  ['promote', onServer(({ lab }, server) => promoteByHand(lab, server))],
  ['unplug', onServer((world, server) => world.leaveOut(server))],
  ['sit-elsewhere', world => world.sitElsewhere()],
  ['keep-disk', onServer((world, server) => world.keepDisk(server))],
  ['put-disk-back', onServer((world, server) => world.putDiskBack(server))],
  ['expire', onServer((world, server) => world.dateZones(server, DAYS_AGO_S))],
  ['add-zone', (world, [zone = '']) => world.addZone(zone)],
  ['die-before-opening', dieAt({ when: 'before', command: 'reconfig', server: 'ns2' })],
  ['die-after-opening', dieAt({ when: 'after', command: 'reconfig', server: 'ns1' })],
])

/** What a program prints is looked at where it is text. */
type Typed = (world: RunbookWorld, server: string, words: readonly string[]) => unknown

/** A table of what may be typed on a server, by the program. */
const PROGRAMS: ReadonlyMap<string, Typed> = new Map<string, Typed>([
  ['systemctl', controlService],
  ['rndc', ({ lab }, server, words) => programsOf(lab).rndc(server, ...words)],
  ['named-checkconf', ({ lab }, server, words) => checkConfiguration(lab, server, words)],
  ['ls', ({ lab }, server, words) => readdirSync(onDisk(lab, server, words.at(-1))).join('\n')],
  ['touch', (world, server) => world.dateZones(server, 0)],
  ['cp', ({ lab }, server, [from, to]) => cpSync(onDisk(lab, server, from), onDisk(lab, server, to))],
])

/** It exits with 1 when a zone would not load. */
function checkConfiguration(lab: Lab, server: string, words: readonly string[]): string {
  const { namedConf } = labServerPaths(lab.folder, server)
  return spawnSync('named-checkconf', [...words, namedConf], { encoding: 'utf8' }).stdout
}

async function controlService(world: RunbookWorld, server: string, [verb]: readonly string[]): Promise<void> {
  if (verb === 'stop' || verb === 'restart') await must(stopServer(world.lab, server))
  if (verb === 'start' || verb === 'restart') await startGuarded(world, server)
}

/** A path as it is called on a server with Debian's folders. */
function onDisk(lab: Lab, server: string, path = ''): string {
  const { configuration, directory } = labServerPaths(lab.folder, server)
  return path.replace(/^\/etc\/bind(?=\/)/, configuration).replace(/^\/var\/cache\/bind(?=\/)/, directory)
}

function foldersOf(lab: Lab, server: string): readonly string[] {
  const { configuration, directory } = labServerPaths(lab.folder, server)
  return [configuration, directory]
}
