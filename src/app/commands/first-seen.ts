import type { Instant } from '../../core/base/index.ts'
import type { Fleet } from '../../core/fleet/index.ts'
import type { Explanation } from '../../core/snapshot/index.ts'
import { localHost } from '../../io/hosts/index.ts'

/** A verdict with the time at which Baton first saw it from this machine. */
export type DatedExplanation = Explanation & { readonly since: Instant }

const FILE_MODE = 0o600

/**
 * Servers do not say since when they are wrong, so Baton remembers what it saw: `.baton/seen.json` beside the fleet
 * file. A verdict that is gone is forgotten. A memory that cannot be kept changes nothing but "since".
 */
export async function dateExplanations(
  fleet: Fleet,
  explanations: readonly Explanation[],
  now: Instant,
): Promise<readonly DatedExplanation[]> {
  const here = localHost('here')
  const path = `${fleet.folder}/.baton/seen.json`
  const read = await here.read(path)
  const before = read.ok ? parseSeen(new TextDecoder().decode(read.value)) : new Map<string, Instant>()
  const dated = explanations.map(explanation => ({
    ...explanation,
    since: before.get(keyOf(explanation)) ?? now,
  }))
  const after = new Map(dated.map(explanation => [keyOf(explanation), explanation.since]))
  if (!sameKeys(before, after)) {
    const content = `${JSON.stringify(Object.fromEntries(after))}\n`
    await here.replace({ path, content, mode: FILE_MODE, user: undefined })
  }
  return dated
}

function keyOf({ code, subject }: Explanation): string {
  return `${code} ${subject}`
}

function sameKeys(left: ReadonlyMap<string, Instant>, right: ReadonlyMap<string, Instant>): boolean {
  return left.size === right.size && [...left.keys()].every(key => right.has(key))
}

function parseSeen(text: string): ReadonlyMap<string, Instant> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return new Map()
    return new Map(
      Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    )
  } catch {
    return new Map()
  }
}
