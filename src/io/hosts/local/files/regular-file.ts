import { constants, type Stats } from 'node:fs'

/** For reading, without waiting for a writer where the path is that of a pipe. */
export const READING = constants.O_RDONLY | constants.O_NONBLOCK

/** Throws where what was opened is a pipe, a socket or a device, which may have no end; BSD's name for that error is EFTYPE. */
export function requireRegular(stats: Pick<Stats, 'isFile' | 'isDirectory'>): void {
  if (!stats.isFile() && !stats.isDirectory())
    throw Object.assign(new Error('not a regular file'), { code: 'EFTYPE' })
}
