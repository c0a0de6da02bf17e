import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedServer, RenderedZone } from '../../core/render/index.ts'
import type { SeenConfiguration, SeenFolder, SeenPreflight } from '../../core/snapshot/index.ts'
import type { FleetLinks, ServerLink } from './link.ts'
import { writtenFolders } from './own-folder.ts'
import { seeDisk } from './see-disk.ts'
import { batonFolder } from './see-files.ts'
import { seeFrozen } from './see-frozen.ts'
import { seeKeyStates } from './see-key-states.ts'
import { seeSigningKeys } from './see-signing-keys.ts'
import { seeTransfers } from './see-transfers.ts'

/** `named-checkconf -z -j` of 20,000 zones takes 3 to 4 s on two idle cores. */
const CHECKCONF_DEADLINE_MS = 120_000
const CHECKCONF_ATTEMPTS_MAX = 3

/** Folders looked at on one server; fleets sort their zones into a few hundred at most. */
const FOLDERS_MAX = 1_000

/** Which of the slower questions a server is asked. */
export type PreflightQuestions = {
  /** The path of the configuration it would run next, tried with every zone loaded. */
  readonly configuration: string | undefined
  readonly disk: boolean
  readonly frozen: boolean
  readonly signingKeys: boolean
  readonly transfers: boolean
  /** Files and clock, of servers whose configuration Baton writes. */
  readonly managed: boolean
}

export type PreflightOrder = {
  readonly rendered: RenderedServer
  readonly questions: PreflightQuestions
  /** Over when the serials in memory were read: read after them, the disk may be newer, and is older only if it lags. */
  readonly zonesSeen: Promise<unknown>
}

export async function seePreflight(
  links: FleetLinks,
  link: ServerLink,
  asked: PreflightOrder,
): Promise<SeenPreflight> {
  const { rendered, questions, zonesSeen } = asked
  const { zones } = rendered
  const dynamic = zones.filter(zone => zone.dynamic)
  const [configuration, disk, frozen, folders, clock, transfers, signingKeys, signingKeyStates] =
    await Promise.all([
      questions.configuration === undefined ? undefined : seeConfiguration(link, questions.configuration),
      questions.disk ? zonesSeen.then(() => seeDisk(link, zones)) : undefined,
      questions.frozen ? seeFrozen(link, dynamic) : undefined,
      questions.managed ? seeFolders(link, zones) : undefined,
      questions.managed ? seeClock(links, link) : undefined,
      questions.transfers ? seeTransfers(links, link, zones) : undefined,
      questions.signingKeys ? seeSigningKeys(link, zones) : undefined,
      questions.signingKeys ? seeKeyStates(link, zones) : undefined,
    ])
  return { configuration, disk, frozen, folders, clock, transfers, signingKeys, signingKeyStates }
}

/** A journal that named is just making cannot be read for a moment, which is no fault: what is one stays one. */
async function seeConfiguration(link: ServerLink, file: string): Promise<Result<SeenConfiguration, Failure>> {
  let seen = await tryConfiguration(link, file)
  for (let attempt = 2; attempt <= CHECKCONF_ATTEMPTS_MAX && isOfJournals(seen); attempt++)
    seen = await tryConfiguration(link, file)
  return seen
}

function isOfJournals(seen: Result<SeenConfiguration, Failure>): boolean {
  return seen.ok && seen.value.complaints.some(complaint => complaint.includes(': journal '))
}

async function tryConfiguration(link: ServerLink, file: string): Promise<Result<SeenConfiguration, Failure>> {
  const outcome = await link.host.run({
    kind: 'named-checkconf',
    file,
    zones: true,
    user: link.server.user,
    deadlineMs: CHECKCONF_DEADLINE_MS,
  })
  if (!outcome.ok) return outcome
  const { exit, stdout, stderr } = outcome.value
  return ok({ accepted: exit === 0, complaints: exit === 0 ? [] : complaintsIn(`${stdout}\n${stderr}`) })
}

/** named-checkconf lists every zone that loads; what is left is what it complains about. */
export function complaintsIn(output: string): readonly string[] {
  return output.split('\n').filter(line => line !== '' && !/: loaded serial \d+/.test(line))
}

/** named writes its zones, journals and keys, Baton the configuration; `baton/` is made by the first push. */
async function seeFolders(
  { server, host }: ServerLink,
  zones: readonly RenderedZone[],
): Promise<Result<readonly SeenFolder[], Failure>> {
  const { configuration } = server.paths
  const paths = writtenFolders(server, zones).slice(0, FOLDERS_MAX)
  const written = await host.folders({ paths, user: server.user })
  if (!written.ok) return written
  const ours = await host.folders({ paths: [configuration, batonFolder(server)], user: undefined })
  if (!ours.ok) return ours
  return ok([...written.value, ...ours.value.filter(({ path, exists }) => exists || path === configuration)])
}

async function seeClock({ clock }: FleetLinks, { host }: ServerLink) {
  const theirs = await host.clock()
  if (!theirs.ok) return theirs
  const { now, roundTripMs } = theirs.value
  return ok({ offsetMs: now - (clock.now() - roundTripMs / 2), uncertaintyMs: roundTripMs / 2 })
}
