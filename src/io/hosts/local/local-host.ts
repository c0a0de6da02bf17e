import { isAbsolute } from 'node:path'
import { invariant, ok } from '../../../core/base/index.ts'
import type { Host } from '../host.ts'
import { appendFile } from './files/append.ts'
import { applyChanges } from './files/apply.ts'
import { DigestMemory } from './files/digest-memory.ts'
import { digestFiles } from './files/digests.ts'
import { readFolders } from './files/folders.ts'
import { readHeads } from './files/heads.ts'
import { deposeEarlier, holdRun } from './files/hold.ts'
import { findLinks } from './files/links.ts'
import { listFolder } from './files/list.ts'
import { readFile } from './files/read.ts'
import { removePath } from './files/remove.ts'
import { touchFiles } from './files/touch.ts'
import { copyFile, createFile, replaceFile } from './files/write.ts'
import { findNamed } from './processes/processes.ts'
import { runTrusted } from './processes/run-trusted.ts'
import { findExposures } from './rights/exposures.ts'
import { protectFolder } from './rights/protect.ts'

/**
 * This machine as a host. Files are read with the calls that are quickest for many small ones, which wait for the disk
 * in this thread: a disk that hangs, hangs Baton too, and no deadline of ours could help that. Nothing else is waited for in them: where
 * a pipe, a socket or a device is in place of a file, that is the failure.
 */
export function localHost(server: string): Host {
  const memory = new DigestMemory()
  return {
    server,
    read: async path => readFile(server, absolute(path)),
    heads: async request => readHeads(server, request),
    digests: async paths => digestFiles({ server, paths: paths.map(absolute), memory }),
    list: async folder => listFolder(server, absolute(folder)),
    links: async paths => findLinks(server, paths.map(absolute)),
    replace: async file => replaceFile(server, { ...file, path: absolute(file.path) }),
    create: async file => createFile(server, { ...file, path: absolute(file.path) }),
    append: async file => appendFile(server, { ...file, path: absolute(file.path) }),
    copy: async (from, to) => copyFile(server, { from: absolute(from), to: absolute(to) }),
    remove: async path => removePath(server, absolute(path)),
    hold: async claim => holdRun(server, { ...claim, folder: absolute(claim.folder) }),
    depose: async claim => deposeEarlier(server, { ...claim, folder: absolute(claim.folder) }),
    apply: async order => applyChanges(server, order),
    touch: async request => touchFiles(server, request),
    namedRuns: async configuration => findNamed(server, absolute(configuration)),
    exposures: async own => findExposures(server, { ...own, folder: absolute(own.folder) }),
    protect: async own => protectFolder(server, { ...own, folder: absolute(own.folder) }),
    run: async command => runTrusted(server, command),
    folders: async request => readFolders(server, { ...request, paths: request.paths.map(absolute) }),
    clock: async () => ok({ now: Date.now(), roundTripMs: 0 }),
    close: async () => {},
  }
}

/** Paths come from a checked fleet or are put together by us; a relative one would depend on where Baton was started. */
function absolute(path: string): string {
  invariant(isAbsolute(path), `the path ${path} is absolute`)
  return path
}
