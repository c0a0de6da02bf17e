import { dirname, resolve } from 'node:path'
import {
  type Diagnostic,
  type Failure,
  fail,
  failure,
  ok,
  type Problem,
  type Result,
  type SharedKey,
} from '../../../core/base/index.ts'
import type { Fleet, KeyReference } from '../../../core/fleet/index.ts'
import { decodeConf, includesOf, keysOf, parse } from '../../../core/namedconf/index.ts'
import { openOwn } from '../../../io/hosts/index.ts'
import { BUILD } from './build.ts'
import { readFleetText } from './remembered-fleet.ts'

/** The fleet file and the keys that it names: all that it takes to reach the servers. */
export type FleetHead = {
  readonly fleet: Fleet
  /** The text of `baton.yaml`. */
  readonly fleetFile: string
  readonly keys: ReadonlyMap<string, SharedKey>
  readonly warnings: readonly Diagnostic[]
}

const INCLUDED_FILES_MAX = 1000

const here = openOwn('this machine')

/** Reads `baton.yaml` and its keys; every problem of a file at once. */
export async function readFleetHead(file: string): Promise<Result<FleetHead, readonly Problem[]>> {
  const path = resolve(file)
  const text = await readText(path)
  if (!text.ok) return fail([explainMissing(path, text.error)])
  const reading = await readFleetText({ text: text.value, path }, BUILD)
  if (!reading.ok) return reading
  const { fleet, warnings } = reading.value
  const keys = await readKeys(fleet.keys)
  return keys.ok ? ok({ fleet, fleetFile: text.value, keys: keys.value, warnings }) : keys
}

async function readText(path: string): Promise<Result<string, Failure>> {
  const read = await here.read(path)
  return read.ok ? ok(decodeConf(read.value)) : read
}

function explainMissing(path: string, cause: Failure): Failure {
  if (cause.code !== 'hosts.missing') return unreadable(path, cause)
  return failure({
    code: 'cli.no-fleet-file',
    subject: path,
    because: 'there is no such file',
    remedy: 'Go to the folder of the fleet, or name the file with --fleet FILE or $BATON_FLEET.',
  })
}

/** Absolute path → text of zones, shared file and bases, with the files that they include where those are in the operator's reach. */
export async function readTexts(fleet: Fleet): Promise<Result<ReadonlyMap<string, string>, Failure>> {
  const named = [
    ...fleet.zoneSets.flatMap(({ zones }) => zones.map(source => source.file)),
    ...fleet.servers.flatMap(({ base }) => base ?? []),
    ...(fleet.shared === undefined ? [] : [fleet.shared]),
  ]
  const texts = new Map<string, string>()
  for (const path of named) {
    if (texts.has(path)) continue
    const read = await readText(path)
    if (!read.ok) return fail(ofFolder(path, read.error))
    texts.set(path, read.value)
  }
  const open = [...texts.keys()]
  for (const path of open) {
    for (const target of includedBy(path, texts.get(path) ?? '')) {
      if (texts.has(target) || texts.size >= INCLUDED_FILES_MAX) continue
      const read = await readText(target)
      // What is not here may be on the servers: rendering warns of it.
      if (!read.ok) continue
      texts.set(target, read.value)
      open.push(target)
    }
  }
  return ok(texts)
}

function includedBy(path: string, text: string): readonly string[] {
  if (!text.includes('include')) return []
  return includesOf(parse(text, path).statements).map(({ pattern }) => resolve(dirname(path), pattern))
}

/** Key name → key. */
export async function readKeys(
  references: readonly KeyReference[],
): Promise<Result<ReadonlyMap<string, SharedKey>, readonly Problem[]>> {
  const keys = new Map<string, SharedKey>()
  const problems: Problem[] = []
  for (const { name, file } of references) {
    const text = await readText(file)
    if (!text.ok) {
      problems.push(text.error.code === 'hosts.missing' ? noKeyFile(name, file) : ofFolder(file, text.error))
      continue
    }
    const read = keysOf(parse(text.value, file).statements)
    const key = read.ok ? read.value.find(found => found.key.name === name.toLowerCase())?.key : undefined
    if (!read.ok) problems.push(...read.error)
    else if (key === undefined)
      problems.push(
        noSuchKey(
          name,
          file,
          read.value.map(found => found.key.name),
        ),
      )
    else keys.set(name, key)
  }
  return problems.length > 0 ? fail(problems) : ok(keys)
}

/** It is there, and a folder, or somebody else's: to a script the same as a mistake in it. */
function unreadable(path: string, { because, remedy }: Failure): Failure {
  return failure({ code: 'cli.file-unreadable', subject: path, because, remedy })
}

/** A file of the operator's own, which `baton.yaml` names. */
function ofFolder(path: string, cause: Failure): Failure {
  if (cause.code !== 'hosts.missing') return unreadable(path, cause)
  return failure({
    code: 'cli.file-missing',
    subject: path,
    because: 'baton.yaml names this file, and it is not there',
    remedy: 'Correct the path in baton.yaml, or put the file there. Paths start at the folder of baton.yaml.',
  })
}

function noKeyFile(name: string, file: string): Failure {
  return failure({
    code: 'cli.file-missing',
    subject: file,
    because: `baton.yaml says that the key ${name} is in this file, and it is not there`,
    remedy: `Correct the path in baton.yaml. For a new key: \`(umask 077; tsig-keygen ${name} > ${file})\`.`,
  })
}

/** Never advises to write over a file that holds another key: that one may be the only copy. */
function noSuchKey(name: string, file: string, held: readonly string[]): Failure {
  const others = held.map(other => `"${other}"`).join(', ')
  return failure({
    code: 'cli.key-not-in-file',
    subject: name,
    because: held.length === 0 ? `${file} holds no key` : `${file} holds ${others}, and no key "${name}"`,
    remedy:
      held.length === 0
        ? `For a new key: \`(umask 077; tsig-keygen ${name} > ${file})\`.`
        : 'The name in the file and under `keys` in baton.yaml must be the same: correct the one that is wrong.',
  })
}
