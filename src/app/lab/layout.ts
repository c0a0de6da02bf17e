import { join } from 'node:path'

/** Where a lab's own files are. */
export type LabPaths = {
  /** What the lab is: makes the folder ours. */
  readonly record: string
  readonly fleet: string
  readonly zones: string
  readonly shared: string
  readonly keys: string
  readonly bases: string
  readonly servers: string
  /** The lab's own copy of `named`, where the system's may not leave its folders. */
  readonly binary: string
}

/** Where one server's files are. */
export type LabServerPaths = {
  readonly folder: string
  /** What stands for `/etc/bind`. */
  readonly configuration: string
  /** What stands for `/var/cache/bind`: named's working directory. */
  readonly directory: string
  /** What named read at its start. */
  readonly namedConf: string
  /** The server's base configuration, from which the fleet's files are rendered. */
  readonly base: string
  /** The process that runs, or ran last. */
  readonly process: string
  /** What is broken, and how it is undone. */
  readonly breaks: string
  /** What named says until it has read its configuration, where a failed start explains itself. */
  readonly startLog: string
  /** What named says afterwards; times in UTC with milliseconds. */
  readonly log: string
}

export function labPaths(folder: string): LabPaths {
  return {
    record: join(folder, 'lab.json'),
    fleet: join(folder, 'baton.yaml'),
    zones: join(folder, 'zones.conf'),
    shared: join(folder, 'shared.conf'),
    keys: join(folder, 'keys'),
    bases: join(folder, 'base'),
    servers: join(folder, 'servers'),
    binary: join(folder, 'bin', 'named'),
  }
}

export function labServerPaths(folder: string, server: string): LabServerPaths {
  const own = join(folder, 'servers', server)
  return {
    folder: own,
    configuration: join(own, 'etc'),
    directory: join(own, 'var'),
    namedConf: join(own, 'etc', 'named.conf'),
    base: join(folder, 'base', `${server}.conf`),
    process: join(own, 'process.json'),
    breaks: join(own, 'breaks.json'),
    startLog: join(own, 'start.log'),
    log: join(own, 'named.log'),
  }
}
