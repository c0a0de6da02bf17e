import { isDeepStrictEqual } from 'node:util'
import { type DomainName, SharedKey } from '../../src/core/base/index.ts'
import {
  FLAGS_NONE,
  FrameReader,
  frameMessage,
  type Message,
  printRdata,
  RECORD_TYPES,
  readMessage,
  readSerialAnswer,
  TransferReader,
  TsigConversation,
  writeMessage,
  writeQuery,
  ZoneDigest,
} from '../../src/core/dns/index.ts'
import { cutUp, type Dice, diceFrom, mangle } from './mangle.ts'
import type { FuzzReport } from './report.ts'

const FAILURES_MAX = 20
const PIECES_MAX = 6
const NOW_S = 1_700_000_000
const ZONE = 'z00001.example' as DomainName
const KEY = new SharedKey('fuzz', 'hmac-sha256', Buffer.alloc(32, 1))
const QUERY = writeQuery({ name: ZONE, type: RECORD_TYPES.SOA }, 7)

/** What BIND 9.18.49 answered to AXFR, SOA and NS of one small zone, names compressed. */
const SEEDS = [
  'yw2EAAABAAkAAAAABnowMDAwMQdleGFtcGxlAAD8AAHADAAGAAEAAA4QACcDbnMxwAwKaG9zdG1hc3RlcsAMeMJ19QAADhAAAAJYAAk6gAAAASzADAAPAAEAAA4QAAkACgRtYWlswAzADAACAAEAAA4QAALALMAMAAIAAQAADhAABgNuczLADMBhAAEAAQAADhAABMAAAgTALAABAAEAAA4QAATAAAIBwIIAAQABAAAOEAAEwAACAgN3d3fADAABAAEAAA4QAATAAAIDwAwABgABAAAOEAAYwCzAMnjCdfUAAA4QAAACWAAJOoAAAAEs',
  'sq+EAAABAAEAAgACBnowMDAwMQdleGFtcGxlAAAGAAHADAAGAAEAAA4QACcDbnMxwAwKaG9zdG1hc3RlcsAMeMJ19QAADhAAAAJYAAk6gAAAASzADAACAAEAAA4QAAYDbnMywAzADAACAAEAAA4QAALALMAsAAEAAQAADhAABMAAAgHAXwABAAEAAA4QAATAAAIC',
  'VdKEAAABAAIAAAACBnowMDAwMQdleGFtcGxlAAACAAHADAACAAEAAA4QAAYDbnMywAzADAACAAEAAA4QAAYDbnMxwAzAPgABAAEAAA4QAATAAAIBwCwAAQABAAAOEAAEwAACAg==',
].map(text => new Uint8Array(Buffer.from(text, 'base64')))

/**
 * Mangled DNS messages through everything that reads them: nothing is thrown, a message that is read comes back the same
 * when it is written, frames are cut alike however they arrive, and no changed signature is believed.
 */
export function fuzzDns(seed: number, count: number): FuzzReport {
  const failures: string[] = []
  const dice = diceFrom(seed)
  let inputs = 0
  for (; inputs < count && failures.length < FAILURES_MAX; inputs++) {
    const bytes = mangle(SEEDS[dice(SEEDS.length)] as Uint8Array, dice)
    const problem = attempt(bytes, dice)
    if (problem !== undefined)
      failures.push(`input ${inputs} of seed ${seed}: ${problem}: ${bytes.toString('base64')}`)
  }
  return { inputs, failures }
}

function attempt(bytes: Buffer, dice: Dice): string | undefined {
  try {
    readAsZone(bytes)
    return checkMessage(bytes) ?? checkFrames(bytes, dice) ?? checkSignature(bytes)
  } catch (cause) {
    return `it threw ${String(cause)}`
  }
}

function checkMessage(bytes: Buffer): string | undefined {
  readSerialAnswer(bytes, QUERY)
  const first = readMessage(bytes)
  if (!first.ok) return undefined
  for (const record of first.value.answers) printRdata(record.type, record.rdata)
  const written = writeMessage(first.value)
  // Expanding names may make a message larger than any may be.
  if (!written.ok) return undefined
  const second = readMessage(written.value)
  return second.ok && isDeepStrictEqual(plain(first.value), plain(second.value))
    ? undefined
    : 'it came back otherwise'
}

/** Reserved header bits are not kept, and bytes compare by what they are. */
function plain(message: Message): Message {
  return JSON.parse(JSON.stringify({ ...FLAGS_NONE, ...message })) as Message
}

function checkFrames(bytes: Buffer, dice: Dice): string | undefined {
  const stream = Buffer.concat([frameMessage(bytes), frameMessage(QUERY), frameMessage(bytes)])
  const seen: string[] = []
  const reader = new FrameReader()
  for (const piece of cutUp(stream, PIECES_MAX, dice)) {
    reader.accept(piece, message => seen.push(Buffer.from(message).toString('latin1')))
  }
  const sent = [bytes, Buffer.from(QUERY), bytes].map(message => message.toString('latin1'))
  return isDeepStrictEqual(seen, sent) ? undefined : 'its frames were cut otherwise'
}

function checkSignature(bytes: Buffer): string | undefined {
  const conversation = new TsigConversation(KEY, QUERY, NOW_S)
  const believed = conversation.accept(bytes, NOW_S)
  return believed.ok ? 'it was believed without a signature' : undefined
}

function readAsZone(bytes: Buffer): void {
  const digest = new ZoneDigest(ZONE)
  const reader = new TransferReader({ kind: 'axfr', zone: ZONE }, (message, place) => {
    digest.add(message, place)
  })
  reader.accept(bytes)
  digest.finish()
}
