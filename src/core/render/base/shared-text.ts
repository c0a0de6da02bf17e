import { invariant } from '../../base/index.ts'
import type { Fleet } from '../../fleet/index.ts'
import { joinLines, quoteString } from '../conf-text.ts'
import type { Sources } from '../rendered.ts'

/** What every server holds alike: the fleet's keys, then the operator's shared file. Secret. */
export function printShared(fleet: Fleet, sources: Sources, shared: string | undefined): string {
  const keys = fleet.keys.flatMap(({ name }) => printKey(sources, name))
  return joinLines([
    '# Written by Baton: the keys of the fleet, and its shared file. Changes here are overwritten.',
    ...keys,
    ...(shared === undefined ? [] : [shared.trimEnd()]),
  ])
}

/** A key of the fleet as named, dig and rndc read it. */
export function printKey(sources: Sources, name: string): readonly string[] {
  const key = sources.keys.get(name)
  invariant(key !== undefined, 'the sources hold every key of the fleet')
  const secret = Buffer.from(key.reveal()).toString('base64')
  return [
    `key ${quoteString(key.name)} {`,
    `\talgorithm ${key.algorithm};`,
    `\tsecret ${quoteString(secret)};`,
    '};',
  ]
}
