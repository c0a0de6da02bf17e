import type { Clock, Failure, Result } from '../../core/base/index.ts'
import { onlyLooks } from '../../core/rndc/index.ts'
import type { Host, HostCommand } from '../hosts/index.ts'
import type { Control } from '../net/index.ts'
import type { FleetLinks, ServerLink } from '../observe/index.ts'

/** Whether this process still holds its run, as the copy of the server says at which something is about to be changed. */
export type Held = (at?: string) => Promise<Result<void, Failure>>

/**
 * How long a look counts, in milliseconds, by both clocks: a machine that was suspended finds only one of them moved. So
 * that thousands of commands in a row cost one look each some of the time, and not all of it.
 */
const LOOK_GOOD_MS = 20

/**
 * Links through which nothing is changed unless the run is still ours at that very moment. A process may stand still
 * anywhere, for hours, while somebody else takes its run to the end: what it was about to do is wrong by then.
 */
export function holdLinks(links: FleetLinks, held: Held): FleetLinks {
  return hold(links, sparingly(held, links.clock))
}

function hold(links: FleetLinks, held: Held): FleetLinks {
  return {
    ...links,
    servers: links.servers.map(link => holdLink(link, held)),
    within: limits => hold(links.within(limits), held),
  }
}

function sparingly(held: Held, clock: Clock): Held {
  const looks = new Map<string | undefined, { readonly now: number; readonly elapsed: number }>()
  return async at => {
    const [now, elapsed] = [clock.now(), clock.elapsed()]
    const good = looks.get(at)
    if (
      good !== undefined &&
      elapsed - good.elapsed < LOOK_GOOD_MS &&
      Math.abs(now - good.now) < LOOK_GOOD_MS
    )
      return { ok: true, value: undefined }
    const looked = await held(at)
    if (looked.ok) looks.set(at, { now, elapsed })
    else looks.delete(at)
    return looked
  }
}

function holdLink(link: ServerLink, heldAt: Held): ServerLink {
  const held = () => heldAt(link.server.name)
  const holdControl = (opened: Result<Control, Failure>): Result<Control, Failure> =>
    opened.ok ? { ok: true, value: controlOf(opened.value, held) } : opened
  return {
    ...link,
    host: hostOf(link.host, held),
    control: async () => holdControl(await link.control()),
    openControl: async () => holdControl(await link.openControl()),
  }
}

function controlOf(control: Control, held: Held): Control {
  return {
    target: control.target,
    ask: (command, deadlineMs) =>
      onlyLooks(command)
        ? control.ask(command, deadlineMs)
        : ifHeld(held, () => control.ask(command, deadlineMs)),
    livesMs: () => control.livesMs(),
    end: () => control.end(),
  }
}

const LOOKING: ReadonlySet<HostCommand['kind']> = new Set([
  'named-checkconf',
  'named-compilezone',
  'named-journalprint',
])

function hostOf(host: Host, held: Held): Host {
  return {
    ...host,
    replace: file => ifHeld(held, () => host.replace(file)),
    create: file => ifHeld(held, () => host.create(file)),
    append: file => ifHeld(held, () => host.append(file)),
    copy: (from, to) => ifHeld(held, () => host.copy(from, to)),
    remove: path => ifHeld(held, () => host.remove(path)),
    protect: own => ifHeld(held, () => host.protect(own)),
    touch: request => ifHeld(held, () => host.touch(request)),
    run: command => (LOOKING.has(command.kind) ? host.run(command) : ifHeld(held, () => host.run(command))),
  }
}

async function ifHeld<Value>(
  held: Held,
  act: () => Promise<Result<Value, Failure>>,
): Promise<Result<Value, Failure>> {
  const still = await held()
  return still.ok ? act() : still
}
