import { absolutePath, type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedZone } from '../../core/render/index.ts'
import type { KeyStanding, SeenKey } from '../../core/snapshot/index.ts'
import { readKeyFileName, readKeyState, readKeyTime, readSepFlag } from '../../core/zonefile/index.ts'
import { type FileHead, HEADS_MAX } from '../hosts/index.ts'
import type { ServerLink } from './link.ts'

/** named writes some 1,100 bytes of state at most, and one DNSKEY of 4,096 bits is shorter still. */
const FILE_BYTES_MAX = 8 * 1024

/** The DNSSEC keys of the signed zones, and what their `.state` and `.key` files say of their rollovers. */
export async function seeKeyStates(
  link: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<readonly SeenKey[], Failure>> {
  const keys: SeenKey[] = []
  for (const [folder, names] of signedByFolder(zones)) {
    const absolute = absolutePath(link.server.paths.directory, folder)
    const listed = await link.host.list(absolute)
    if (!listed.ok) return listed
    const there = new Set(listed.value)
    const found = pairsIn(listed.value).filter(({ zone }) => names.has(zone))
    for (let from = 0; from < found.length; from += HEADS_MAX) {
      const portion = found.slice(from, from + HEADS_MAX)
      const paths = portion.map(({ name }) => (there.has(`${name}.state`) ? `${name}.state` : `${name}.key`))
      const heads = await link.host.heads({ folder: absolute, paths, bytes: FILE_BYTES_MAX })
      if (!heads.ok) return heads
      for (const [index, pair] of portion.entries()) {
        const path = paths[index] ?? ''
        const said = sayOf(path, heads.value.get(path))
        keys.push({ file: `${folder}/${pair.name}`, zone: pair.zone, tag: pair.tag, said })
      }
    }
  }
  return ok(keys)
}

function signedByFolder(zones: readonly RenderedZone[]): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>()
  for (const { name, signing, keyDirectory = '.' } of zones) {
    if (!signing) continue
    const names = folders.get(keyDirectory) ?? new Set()
    folders.set(keyDirectory, names.add(name))
  }
  return folders
}

/** Every key of which at least one file is there. */
function pairsIn(files: readonly string[]) {
  const names = new Set(
    files
      .filter(file => /\.(key|private|state)$/.test(file))
      .map(file => file.slice(0, file.lastIndexOf('.'))),
  )
  return [...names].flatMap(name => {
    const parts = readKeyFileName(name)
    return parts === undefined ? [] : [{ name, ...parts }]
  })
}

function sayOf(path: string, head: Result<FileHead, Failure> | undefined): SeenKey['said'] {
  if (head === undefined) return { kind: 'unknown', because: `there is no ${path}` }
  if (!head.ok) return { kind: 'unknown', because: head.error.because }
  const text = new TextDecoder().decode(head.value.bytes)
  if (path.endsWith('.key')) {
    const isKsk = readSepFlag(text)
    if (isKsk === undefined) return { kind: 'unknown', because: `${path} holds no DNSKEY` }
    return { kind: isKsk ? 'stateless' : 'zone-key' }
  }
  const values = readKeyState(text)
  const [isKsk, goal, removed] = [values.get('KSK'), values.get('GoalState'), values.get('Removed')]
  if (isKsk === 'no') return { kind: 'zone-key' }
  if (isKsk !== 'yes') return { kind: 'unknown', because: `${path} does not say what the key is for` }
  // dnssec-keygen writes no goal: named does when it takes the key.
  if (goal === undefined) return { kind: 'stateless' }
  return {
    kind: 'state',
    goal: standingOf(goal),
    ds: standingOf(values.get('DSState')),
    gone: PARTS.every(part => standingOf(values.get(part)) === 'hidden'),
    removed: removed === undefined ? undefined : readKeyTime(removed),
  }
}

/** Of a KSK; one that signs the zone too has `ZRRSIGState` besides, which is hidden before its DNSKEY is. */
const PARTS = ['GoalState', 'DNSKEYState', 'KRRSIGState', 'DSState'] as const

const STANDINGS: ReadonlySet<string> = new Set(['hidden', 'rumoured', 'omnipresent', 'unretentive'])

function standingOf(word: string | undefined): KeyStanding {
  return word !== undefined && STANDINGS.has(word) ? (word as KeyStanding) : 'unknown'
}
