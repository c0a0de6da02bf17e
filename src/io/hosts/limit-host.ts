import { type Failure, fail, failure, type Result } from '../../core/base/index.ts'
import type { Host } from './host.ts'

/**
 * How long one operation on a server's files may take, in milliseconds: looking through 100,000 zone files takes seconds, and more on a
 * busy disk.
 */
export const HOST_DEADLINE_MS = 120_000

/** How much longer an order of changes is waited for than it may take, in milliseconds: the server itself says best why it was late. */
export const APPLY_GRACE_MS = 2_000

/**
 * The same host, every operation of which answers in time (`hosts.deadline`). `run` has a deadline of its own, which ends the command;
 * that of `apply` is the order's. What is given up may still be done once the disk goes on: only `apply` is refused by the server then,
 * when somebody else holds the run.
 */
export function limitHost(host: Host, deadlineMs: number): Host {
  const within = async <Value>(
    what: string,
    operation: Promise<Result<Value, Failure>>,
    limitMs = deadlineMs,
  ): Promise<Result<Value, Failure>> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Result<Value, Failure>>(resolve => {
      timer = setTimeout(() => resolve(fail(tooLate({ server: host.server, what, limitMs }))), limitMs)
    })
    try {
      return await Promise.race([operation, late])
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    ...host,
    read: path => within(`reading ${path}`, host.read(path)),
    heads: request => within(`reading files in ${request.folder}`, host.heads(request)),
    digests: paths => within(`reading ${paths[0] ?? 'files'}`, host.digests(paths)),
    list: folder => within(`listing ${folder}`, host.list(folder)),
    links: paths => within(`looking at ${paths[0] ?? 'files'}`, host.links(paths)),
    replace: file => within(`replacing ${file.path}`, host.replace(file)),
    create: file => within(`creating ${file.path}`, host.create(file)),
    append: file => within(`appending to ${file.path}`, host.append(file)),
    copy: (from, to) => within(`copying ${from}`, host.copy(from, to)),
    remove: path => within(`removing ${path}`, host.remove(path)),
    hold: claim => within(`holding ${claim.folder}`, host.hold(claim)),
    depose: claim => within(`deposing the holder in ${claim.folder}`, host.depose(claim)),
    apply: order =>
      within(
        `changing ${order.changes[0]?.path ?? 'files'}`,
        host.apply(order),
        order.deadlineMs + APPLY_GRACE_MS,
      ),
    touch: request => within(`touching files in ${request.folder}`, host.touch(request)),
    exposures: own => within(`looking at ${own.folder}`, host.exposures(own)),
    protect: own => within(`protecting ${own.folder}`, host.protect(own)),
    namedRuns: configuration =>
      within(`looking for named with ${configuration}`, host.namedRuns(configuration)),
    folders: request => within(`looking at ${request.paths[0] ?? 'folders'}`, host.folders(request)),
    clock: () => within('asking for the time', host.clock()),
  }
}

type Late = { readonly server: string; readonly what: string; readonly limitMs: number }

function tooLate({ server, what, limitMs }: Late): Failure {
  return failure({
    code: 'hosts.deadline',
    subject: server,
    because: `${what} on ${server} took longer than ${limitMs} ms`,
    remedy: 'See whether the disk of the server is slow or hangs, then try again.',
  })
}
