import type { DomainName } from '../../core/base/index.ts'
import { RECORD_TYPES, readMessage, writeQuery } from '../../core/dns/index.ts'
import { type Endpoint, type Knock, knockByDatagram, knockByStream, printEndpoint } from '../net/index.ts'
import { type FleetLinks, linkOf } from './link.ts'

/**
 * Whether a server is there at all. `answers`: something came back, whatever it said and whoever said it. `silent`: nothing at all by
 * any way, as of a hung named, for which the kernel takes connections. `unknown`: nothing came back, and this
 * machine may be the cause. Each says how, in words that follow the server's name.
 */
export type Presence =
  | { readonly kind: 'answers'; readonly how: readonly string[] }
  | { readonly kind: 'silent'; readonly how: readonly string[] }
  | { readonly kind: 'unknown'; readonly because: string }

export type PresenceLimits = {
  /** For all ways together, in milliseconds. */
  readonly deadlineMs: number
}

/** The id of a question whose answer is not told from another's: anything that comes back will do. */
const QUESTION_ID = 0x6261

/** The length of a message that no control channel takes, so that it hangs up. */
const NO_COMMAND = Uint8Array.of(0xff, 0xff, 0xff, 0xff)
const HTTP_REQUEST = new TextEncoder().encode('HEAD / HTTP/1.0\r\n\r\n')

/** Knocks at every way in at once: DNS by UDP and by TCP, the control channel, the statistics channel. It changes nothing. */
export async function seePresence(
  links: FleetLinks,
  server: string,
  { deadlineMs }: PresenceLimits,
): Promise<Presence> {
  const { dial } = linkOf(links, server)
  const [dns, control, statistics] = [dial('dns'), dial('control'), dial('statistics')]
  const question = questionFor(links.fleet.marker)
  const stream = (endpoint: Endpoint, way: string, words: Uint8Array): Way => ({
    way: `${way} (${printEndpoint(endpoint)})`,
    knock: knockByStream(endpoint, words, deadlineMs),
  })
  const ways: readonly Way[] = [
    {
      way: `DNS by UDP (${printEndpoint(dns)})`,
      knock: knockByDatagram(dns, question, deadlineMs),
    },
    stream(dns, 'DNS by TCP', Uint8Array.of(question.length >> 8, question.length & 0xff, ...question)),
    stream(control, 'its control channel', NO_COMMAND),
    ...(statistics === undefined ? [] : [stream(statistics, 'its statistics channel', HTTP_REQUEST)]),
  ]
  return presenceOf(await Promise.all(ways.map(async ({ way, knock }) => ({ way, knock: await knock }))))
}

type Way = { readonly way: string; readonly knock: Promise<Knock | undefined> }
type Tried = { readonly way: string; readonly knock: Knock | undefined }

/** One answer outweighs everything, and trouble of our own outweighs silence. */
function presenceOf(tried: readonly Tried[]): Presence {
  const answers = tried.flatMap(({ way, knock }) =>
    knock?.kind === 'answered' ? [said(way, knock.bytes)] : [],
  )
  if (answers.length > 0) return { kind: 'answers', how: answers }
  const troubles = tried.flatMap(({ way, knock }) =>
    knock?.kind === 'unknown' ? [`${way} could not be tried: ${knock.because}`] : [],
  )
  if (troubles.length > 0) return { kind: 'unknown', because: troubles.join('; ') }
  const how = tried.flatMap(({ way, knock }) => {
    if (knock === undefined) return []
    return [knock.kind === 'refused' ? `refuses connections for ${way}` : `says nothing to ${way}`]
  })
  return { kind: 'silent', how }
}

function said(way: string, bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return `answers to ${way}`
  const message = readMessage(bytes)
  return message.ok ? `answers ${message.value.rcode} to ${way}` : `answers to ${way}`
}

/** Without a signature, because a key that the server doesn't know, or a clock that is off, should not matter. */
function questionFor(name: DomainName): Uint8Array {
  return writeQuery({ name, type: RECORD_TYPES.SOA }, QUESTION_ID)
}
