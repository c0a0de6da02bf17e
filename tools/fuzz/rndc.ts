import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { ok, SharedKey } from '../../src/core/base/index.ts'
import {
  type ControlCommand,
  ControlSession,
  decodeTable,
  encodeTable,
  parseStatus,
  parseZoneStatus,
} from '../../src/core/rndc/index.ts'
import { ZoneStatisticsReader } from '../../src/io/net/index.ts'
import { ZoneStatisticsPieces } from '../../src/io/net/statistics/zone-statistics-pieces.ts'
import { cutUp, type Dice, diceFrom, mangle } from './mangle.ts'
import type { FuzzReport } from './report.ts'

const FAILURES_MAX = 20
const PIECES_MAX = 6
/** Where a message's table starts, behind its length, its version and its signature. */
const TABLE_OFFSET = 4 + 4 + 110

type Exchange = {
  readonly secret: string
  readonly serialFirst: number
  readonly now: number
  readonly greeting: string
  readonly answers: readonly { readonly command: ControlCommand; readonly answer: string }[]
}

/**
 * Mangled answers of a real `named` through the control session, its tables and the readers of its texts: nothing is
 * thrown, no changed answer is believed, and a table that is read comes back as it was.
 */
export function fuzzRndc(seed: number, count: number): FuzzReport {
  const exchange = JSON.parse(readCorpus('rndc/exchange-9.18.49.json').toString()) as Exchange
  return tryMany(seed, count, dice => {
    const { command, answer } = exchange.answers[dice(exchange.answers.length)] as Exchange['answers'][number]
    const original = Buffer.from(answer, 'base64')
    const bytes = mangle(original, dice)
    const text = bytes.toString('latin1').slice(TABLE_OFFSET)
    parseStatus(`version: BIND ${text}`)
    parseZoneStatus(text)
    return (
      checkTable(bytes.subarray(TABLE_OFFSET)) ?? checkSession(exchange, command, { original, bytes, dice })
    )
  })
}

/**
 * A mangled real answer of the statistics channel: nothing is thrown, it reads alike whole and in pieces, and what
 * `JSON.parse` takes is not called no JSON.
 */
export function fuzzStatistics(seed: number, count: number): FuzzReport {
  const original = readCorpus('statistics/zones-9.18.49.json')
  return tryMany(seed, count, dice => {
    const bytes = mangle(original, dice)
    const whole = readStatistics([bytes], new ZoneStatisticsPieces())
    const pieces = readStatistics(cutUp(bytes, PIECES_MAX, dice), new ZoneStatisticsPieces(1))
    // What is wrong in two places is refused for the one that is met first.
    if ((whole.ok || pieces.ok) && !isDeepStrictEqual(whole, pieces)) {
      return `it reads otherwise in pieces: ${bytes.toString('base64')}`
    }
    const refused = !whole.ok && whole.error === 'it is no JSON'
    return refused && isJson(bytes) ? `it is JSON, and was refused: ${bytes.toString('base64')}` : undefined
  })
}

function checkTable(bytes: Buffer): string | undefined {
  const table = decodeTable(bytes)
  if (!table.ok || bytes.equals(encodeTable(table.value))) return undefined
  return `a table came back otherwise: ${bytes.toString('base64')}`
}

type Mangled = { readonly original: Buffer; readonly bytes: Buffer; readonly dice: Dice }

function checkSession(exchange: Exchange, command: ControlCommand, mangled: Mangled): string | undefined {
  const key = new SharedKey('k', 'hmac-sha256', Buffer.from(exchange.secret, 'base64'))
  const session = new ControlSession({ key, serialFirst: exchange.serialFirst })
  session.greet(exchange.now)
  session.receive(Buffer.from(exchange.greeting, 'base64'), exchange.now)
  for (const answer of exchange.answers) {
    session.ask(answer.command, exchange.now, 60_000)
    if (answer.command === command) break
    session.receive(Buffer.from(answer.answer, 'base64'), exchange.now)
  }
  const pieces = cutUp(mangled.bytes, PIECES_MAX, mangled.dice)
  const events = pieces.flatMap(piece => session.receive(piece, exchange.now))
  const believed = events.some(event => event.kind === 'reply')
  const whole = mangled.bytes.subarray(0, mangled.original.length).equals(mangled.original)
  return believed === whole ? undefined : `a changed answer was believed: ${mangled.bytes.toString('base64')}`
}

function readStatistics(chunks: readonly Buffer[], pieces: ZoneStatisticsPieces) {
  const reader = new ZoneStatisticsReader(undefined, pieces)
  for (const chunk of chunks) reader.push(chunk)
  const statistics = reader.finish()
  return statistics.ok ? ok({ ...statistics.value, zones: new Map(statistics.value.zones) }) : statistics
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch (cause) {
    if (cause instanceof SyntaxError) return false
    throw cause
  }
}

/** Each input on dice of its own, so that a failure names the seed that makes it again. */
function tryMany(seed: number, count: number, attempt: (dice: Dice) => string | undefined): FuzzReport {
  const failures: string[] = []
  const dice = diceFrom(seed)
  for (let input = 0; input < count && failures.length < FAILURES_MAX; input++) {
    const problem = attempt(dice)
    if (problem !== undefined) failures.push(`input ${input} of seed ${seed}: ${problem}`)
  }
  return { inputs: count, failures }
}

function readCorpus(path: string): Buffer {
  return readFileSync(new URL(`../../test/corpus/${path}`, import.meta.url))
}
