import { type Failure, fail, failure, ok, type Result } from '../../core/base/index.ts'
import { decodeConf } from '../../core/namedconf/index.ts'
import {
  digestOf,
  PUSHED_PATH,
  PUSHED_ZONES_PATH,
  type Pushed,
  parsePushed,
  parseZoneLists,
  type ZoneLists,
} from '../../core/pushed/index.ts'
import type { ServerLink } from './link.ts'

/** A record, and the text in which it stands on a peer. */
export type SeenPush = { readonly pushed: Pushed; readonly text: string }

/** What a peer says was pushed last; nothing where it has no record, as after a push of an older Baton. */
export async function seePushed(link: ServerLink): Promise<Result<SeenPush | undefined, Failure>> {
  const path = `${link.server.paths.configuration}/${PUSHED_PATH}`
  const read = await link.host.read(path)
  if (!read.ok) return read.error.code === 'hosts.missing' ? ok(undefined) : read
  const text = decodeConf(read.value)
  const parsed = parsePushed(text)
  if (parsed.ok) return ok({ pushed: parsed.value, text })
  const { error } = parsed
  return fail(
    failure({
      code: error.kind === 'newer' ? 'push.record-newer' : 'push.record-unreadable',
      subject: link.server.name,
      because:
        error.kind === 'newer'
          ? `${path} was written by a newer Baton, in version ${error.version} of its format`
          : `${path} cannot be understood: ${error.because}`,
      remedy:
        error.kind === 'newer'
          ? 'Use that Baton, or a newer one, to push.'
          : `Look at the file. If it is no record of Baton's, remove it: the next push writes it anew.`,
    }),
  )
}

/** The zones of every server of the fleet, as they stand beside a record; a failure where they are not those it speaks of. */
export async function seePushedZones(link: ServerLink, pushed: Pushed): Promise<Result<ZoneLists, Failure>> {
  const path = `${link.server.paths.configuration}/${PUSHED_ZONES_PATH}`
  const read = await link.host.read(path)
  if (!read.ok) return read
  const text = decodeConf(read.value)
  const zones = digestOf(text) === pushed.zonesDigest ? parseZoneLists(text) : undefined
  if (zones?.ok) return zones
  return fail(
    failure({
      code: 'push.record-unreadable',
      subject: link.server.name,
      because: `${path} ${zones === undefined ? 'is not what the last push wrote' : `cannot be understood: ${zones.error}`}`,
      remedy: 'Copy the file from another peer: it is the same on all.',
    }),
  )
}
