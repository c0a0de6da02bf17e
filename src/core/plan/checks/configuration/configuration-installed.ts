import { refuse } from '../../../base/index.ts'
import { rndcCommand } from '../../../fleet/index.ts'
import { driftedPaths } from '../../../snapshot/index.ts'
import type { Check, CheckContext, CheckSubject } from '../../check.ts'
import { involvedManaged, refuseUnknown, seenFiles } from '../../involved.ts'

/**
 * The plan speaks of the files that were rendered: others would be installed than those that were checked. A failover
 * goes by what the last push installed.
 */
export const configurationInstalled: Check = {
  name: 'configuration-installed',
  question: 'Are the files on every server exactly what the fleet folder renders to?',
  meaning:
    'Files on a server are not what the fleet folder renders to, so the switch would not do what the plan says.',
  remedy: '`baton diff`, then take the change over or `baton push`.',
  operations: ['switchover', 'failover'],
  weight: 'refuse',
  ask: context =>
    involvedManaged(context).flatMap(({ name }) => {
      const files = seenFiles(context, name)
      if (files.kind === 'unknown') return [refuseUnknown('check.configuration-installed', name, files)]
      const drifted = driftedPaths(context.expected.get(name), files.value)
      const paths = drifted.filter(path => !isOfNoAccount(context.subject, path))
      if (paths.length === 0) return []
      return [
        refuse({
          code: 'check.configuration-installed',
          subject: name,
          because: `${paths.join(', ')} ${paths.length === 1 ? 'differs' : 'differ'}`,
          remedy: context.subject.operation === 'failover' ? withoutPush(context, name, paths) : BY_PUSH,
        }),
      ]
    }),
}

const BY_PUSH = '`baton diff` shows how; `baton push` installs what the fleet folder says.'

/** A push asks every server, and one of them is gone. */
function withoutPush({ fleet }: CheckContext, name: string, paths: readonly string[]): string {
  const folder = fleet.servers.find(server => server.name === name)?.paths.configuration
  const [only, ...others] = paths
  if (others.length === 0 && only === `${folder}/named.conf`)
    return `On ${name}, take it back: \`cp ${folder}/named.standby.conf ${only}\`, then \`${rndcCommand(fleet, name, 'reconfig')}\`. Or name another server with --to.`
  return `On ${name}, put back what the last push installed: \`baton render --out DIR\` makes it, in the fleet folder as it was then; ${folder}/baton/pushed says which that was. Or name another server with --to.`
}

/**
 * Of a failover: after a switch by hand the state tells of the role before, a peer that was not told of the newest term has state and
 * markers of an older one, and all of them are written anew; and named reads neither the guard's files nor the base as it was written.
 */
function isOfNoAccount({ operation }: CheckSubject, path: string): boolean {
  return operation === 'failover' && /\/baton\/(state|marker\/[^/]+|base\.conf|guard[^/]*)$/.test(path)
}
