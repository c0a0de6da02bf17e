import { type Failure, ok, type Result } from '../../core/base/index.ts'
import type { RenderedServer } from '../../core/render/index.ts'
import type { SeenConfiguration, SeenFolder, SeenPreflight } from '../../core/snapshot/index.ts'
import type { FleetLinks, ServerLink } from './link.ts'
import { seeDisk } from './see-disk.ts'
import { batonFolder } from './see-files.ts'
import { seeFrozen } from './see-frozen.ts'
import { seeSigningKeys } from './see-signing-keys.ts'
import { seeTransfers } from './see-transfers.ts'

/** `named-checkconf -z -j` of 20,000 zones takes 3 to 4 s on two idle cores. */
const CHECKCONF_DEADLINE_MS = 120_000

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

export async function seePreflight(
  links: FleetLinks,
  link: ServerLink,
  asked: { readonly rendered: RenderedServer; readonly questions: PreflightQuestions },
): Promise<SeenPreflight> {
  const { rendered, questions } = asked
  const { zones } = rendered
  const dynamic = zones.filter(zone => zone.dynamic)
  const [configuration, disk, frozen, folders, clock, transfers, signingKeys] = await Promise.all([
    questions.configuration === undefined ? undefined : seeConfiguration(link, questions.configuration),
    questions.disk ? seeDisk(link, zones) : undefined,
    questions.frozen ? seeFrozen(link, dynamic) : undefined,
    questions.managed ? seeFolders(link) : undefined,
    questions.managed ? seeClock(links, link) : undefined,
    questions.transfers ? seeTransfers(links, link, zones) : undefined,
    questions.signingKeys ? seeSigningKeys(link, zones) : undefined,
  ])
  return { configuration, disk, frozen, folders, clock, transfers, signingKeys }
}

async function seeConfiguration(link: ServerLink, file: string): Promise<Result<SeenConfiguration, Failure>> {
  const outcome = await link.host.run({
    kind: 'named-checkconf',
    file,
    zones: true,
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

/** named writes its working directory, Baton the configuration; `baton/` is made by the first push. */
async function seeFolders({ server, host }: ServerLink): Promise<Result<readonly SeenFolder[], Failure>> {
  const { configuration, directory } = server.paths
  const written = await host.folders({ paths: [directory], user: server.user })
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
