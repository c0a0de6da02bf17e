import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { markerOf } from '../../core/fleet/index.ts'
import { type MarkerProblem, parseMarker } from '../../core/render/index.ts'
import type { SeenMarker } from '../../core/snapshot/index.ts'
import { queryTxt } from '../net/index.ts'
import type { FleetLinks, ServerLink } from './link.ts'
import { viewKey } from './see-zones.ts'

/** A marker is one small answer: a server that needs longer is not well. */
const MARKER_DEADLINE_MS = 10_000

/** What a peer's marker zone answers to the fleet's key about its role in a zone set. */
export async function seeMarker(
  links: FleetLinks,
  link: ServerLink,
  set: string,
): Promise<Result<SeenMarker, Failure>> {
  const name = markerOf(links.fleet, set)
  const key = viewKey(links, links.fleet.views[0]?.name ?? '_default')
  const answer = await queryTxt(link.dns, name, {
    key,
    deadlineMs: Math.min(MARKER_DEADLINE_MS, links.questionMs),
  })
  if (!answer.ok) return answer
  const marker = parseMarker(answer.value.flat())
  if (marker.ok) return ok(marker.value)
  return fail(
    failure({
      code: 'snapshot.role-unknown',
      subject: link.server.name,
      because: `${name} answers something that is no marker: ${inWords(marker.error)}`,
      remedy: '`baton push` writes the marker zone anew; see what else serves a zone of that name.',
    }),
  )
}

function inWords(problem: MarkerProblem): string {
  if (problem.kind === 'missing') return `it does not say its ${problem.word}`
  return `its ${problem.word} cannot be "${problem.value}"`
}
