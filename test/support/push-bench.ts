import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { preparePush, type RunWatch, type SessionOptions, status } from '../../src/app/commands/index.ts'
import type { PlanDocument, RunDocument, StatusDocument } from '../../src/app/contract/index.ts'
import { type Lab, type LabPlan, labServerPaths } from '../../src/app/lab/index.ts'
import type { Problem } from '../../src/core/base/index.ts'
import { UNWATCHED } from './story.ts'
import { createTemporaryLab } from './temporary-lab.ts'

/** Two peers and a secondary with four zones: enough of everything to push to, and quick to start. */
export const PLAN_SMALL: Partial<LabPlan> = {
  groups: [{ name: 'east', follows: ['ns1', 'ns2'], servers: ['e1'] }],
  zones: 4,
  zonesDynamic: 2,
}

/** How a push ended: it was refused, there was nothing to do, or it ran. */
export type Pushed =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'ran'; readonly plan: PlanDocument; readonly run: RunDocument }

/** A lab and what an operator does with its folder. */
export class PushBench {
  readonly lab: Lab
  readonly remove: () => Promise<void>

  constructor(lab: Lab, remove: () => Promise<void>) {
    this.lab = lab
    this.remove = remove
  }

  static async open(): Promise<PushBench> {
    const { lab, remove } = await createTemporaryLab(PLAN_SMALL)
    return new PushBench(lab, remove)
  }

  get fleetFile(): string {
    return this.at('baton.yaml')
  }

  at(path: string): string {
    return join(this.lab.folder, path)
  }

  /** A path below what stands for `/etc/bind` on a server. */
  onServer(server: string, path: string): string {
    return join(labServerPaths(this.lab.folder, server).configuration, path)
  }

  /** Latin-1, so that every byte stays as it is. */
  read(path: string): string {
    return readFileSync(path, 'latin1')
  }

  edit(path: string, change: (text: string) => string): void {
    writeFileSync(path, change(this.read(path)), 'latin1')
  }

  /** Changes a file of the fleet folder while something is tried. */
  async whileEdited<Value>(
    path: string,
    change: (text: string) => string,
    act: () => Promise<Value>,
  ): Promise<Value> {
    const before = readFileSync(this.at(path))
    this.edit(this.at(path), change)
    try {
      return await act()
    } finally {
      writeFileSync(this.at(path), before)
    }
  }

  /** Gives every server something to install that changes nothing. */
  touchBases(word: string): void {
    for (const { name } of this.lab.servers)
      this.edit(this.at(`base/${name}.conf`), text => `${text}// ${word}\n`)
  }

  newKey(name: string): void {
    const secret = randomBytes(32).toString('base64')
    const text = `key "${name}" {\n\talgorithm hmac-sha256;\n\tsecret "${secret}";\n};\n`
    writeFileSync(this.at(`keys/${name}.key`), text)
  }

  async push(watch: Partial<RunWatch> = {}, options: Partial<SessionOptions> = {}): Promise<Pushed> {
    const prepared = await preparePush({ fleetFile: this.fleetFile, reason: undefined, ...options })
    if (!prepared.ok) return { kind: 'refused', problems: prepared.error }
    if (prepared.value.plan === undefined) return { kind: 'nothing-to-do' }
    const { document, start, close } = prepared.value
    try {
      const run = await start({ ...UNWATCHED, ...watch })
      return run.ok
        ? { kind: 'ran', plan: document, run: run.value }
        : { kind: 'refused', problems: run.error }
    } finally {
      await close()
    }
  }

  async status(): Promise<StatusDocument> {
    const seen = await status({ fleetFile: this.fleetFile })
    if (!seen.ok) throw new Error(JSON.stringify(seen.error))
    return seen.value
  }

  /** Every file that Baton keeps on a server, with what is in it; the records of runs are left out. */
  filesOn(server: string): ReadonlyMap<string, string> {
    const folder = this.onServer(server, '')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .filter(path => !/\/baton\/(runs\/|history$|lock$)/.test(path))
    return new Map(files.sort().map(path => [path, this.read(path)]))
  }
}

/** `code subject`, of what a push was refused for. */
export function reasonsOf(pushed: Pushed): readonly string[] {
  return problemsOf(pushed).map(problem =>
    problem.kind === 'diagnostic' ? problem.code : `${problem.code} ${problem.subject}`,
  )
}

export function problemsOf(pushed: Pushed): readonly Problem[] {
  if (pushed.kind === 'refused') return pushed.problems
  return pushed.kind === 'ran' ? pushed.run.problems : []
}

export function outcomeOf(pushed: Pushed): string {
  return pushed.kind === 'ran' ? pushed.run.outcome : pushed.kind
}
