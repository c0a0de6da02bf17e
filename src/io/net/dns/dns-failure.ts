import { CODES, type Failure, failure, type ListedCode } from '../../../core/base/index.ts'
import type { TsigProblem, TsigProblemKind, WireProblem } from '../../../core/dns/index.ts'
import { type Endpoint, printEndpoint } from '../endpoint.ts'

const TSIG_BECAUSE: Record<TsigProblemKind, string> = {
  'server-bad-key': 'the server does not know the key (BADKEY)',
  'server-bad-signature': 'the server has another secret for the key (BADSIG)',
  'server-bad-time': 'the clock of the server is too far from ours (BADTIME)',
  'server-bad-truncation': 'the server wants a longer signature (BADTRUNC)',
  'server-other-error': 'the server refused the signature',
  'reply-unsigned': 'the answer to a signed request is not signed',
  'reply-other-key': 'the answer is signed with another key',
  'reply-bad-signature': 'the signature of the answer is wrong',
  'reply-bad-time': 'the answer was signed at a time too far from our clock',
  'reply-bad-truncation': 'the signature of the answer is shortened',
  'reply-malformed': 'the answer is no signed DNS message',
}

export function tsigFailure(endpoint: Endpoint, problem: TsigProblem): Failure {
  const because = TSIG_BECAUSE[problem.kind]
  const { serverTimeS } = problem
  const clock =
    serverTimeS === undefined ? '' : `; its clock says ${new Date(serverTimeS * 1000).toISOString()}`
  return dnsFailure(`dns.tsig-${problem.kind}`, printEndpoint(endpoint), because + clock)
}

/** What makes an answer unusable, besides its bytes. */
type Unusable = 'it answers another question' | 'it is truncated' | 'the zone is larger than the limit'

export function malformed(endpoint: Endpoint, because: WireProblem | Unusable): Failure {
  return dnsFailure('dns.malformed', printEndpoint(endpoint), `the answer is not usable: ${because}`)
}

/** A failure whose remedy is what the manual says for its code. */
export function dnsFailure(code: ListedCode, subject: string, because: string): Failure {
  return failure({ code, subject, because, remedy: CODES[code].remedy })
}
