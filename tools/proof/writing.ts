import { labZones, readLabKey, startWriter, type Writer } from '../../src/app/lab/index.ts'
import type { Endpoint } from '../../src/io/net/index.ts'
import type { Written } from './judge-round.ts'
import { ACTIVE, STANDBY, type Stage } from './stage.ts'

/** Together 200 a second. The ones through the standby alone go on while those to a hung active wait for their deadlines. */
const WRITERS = [
  { through: [ACTIVE, STANDBY], ratePerSecond: 150 },
  { through: [STANDBY], ratePerSecond: 50 },
] as const

/** The bound on what a writer remembers. */
const UPDATES_MAX = 100_000

/** Writers through both peers, who may rest and begin again. All that they were told counts. */
export class Writing {
  readonly #stage: Pick<Stage, 'lab'>
  readonly #ended: ReturnType<Writer['stop']>[] = []
  #writers: readonly Writer[] = []

  constructor(stage: Pick<Stage, 'lab'>) {
    this.#stage = stage
  }

  begin(): void {
    this.end()
    const { lab } = this.#stage
    const key = readLabKey(lab.folder, 'writer')
    if (!key.ok) throw new Error(key.error.because)
    const zones = labZones(lab.plan).flatMap(({ name, updates }) => (updates === 'none' ? [] : [name]))
    this.#writers = WRITERS.map(({ through, ratePerSecond }) =>
      startWriter({
        endpoints: lab.servers.flatMap(({ name, dns }): Endpoint[] =>
          through.some(peer => peer === name) ? [dns] : [],
        ),
        key: key.value,
        zones,
        ratePerSecond,
        updatesMax: UPDATES_MAX,
      }),
    )
  }

  /** Makes no more updates. Those that are under way are tried until they are acknowledged, or given up in the end. */
  end(): void {
    this.#ended.push(...this.#writers.map(writer => writer.stop()))
    this.#writers = []
  }

  /** Since it last began. */
  acknowledged(): number {
    return this.#writers.reduce((sum, writer) => sum + writer.progress().acknowledged, 0)
  }

  /** When all that was begun has come to its end. */
  async reports(): Promise<Written> {
    const reports = await Promise.all(this.#ended)
    return {
      updates: reports.flatMap(({ updates }) => updates),
      unacknowledged: reports.flatMap(({ unacknowledged }) => unacknowledged),
    }
  }
}
