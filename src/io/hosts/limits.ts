/** The largest file that `read` gives whole: a configuration of 20,000 zones has about 10 MB. */
export const READ_BYTES_MAX = 256 * 1024 * 1024

/** Files in one `heads` question. */
export const HEADS_MAX = 100_000

/** Bytes of each file in one `heads` question. */
export const HEAD_BYTES_MAX = 64 * 1024

/** Files in one `digests` question. */
export const DIGESTS_MAX = 100_000

/** Files in one `links` question. */
export const LINKS_MAX = 100_000

/** Files in one `apply` order: a server has a handful, and some for each view and zone set. */
export const CHANGES_MAX = 10_000

/** Files in one `touch` order. */
export const TOUCHES_MAX = 200_000

/** Bytes kept of each of a command's outputs; the rest is read and thrown away, so that the command can end. */
export const OUTPUT_BYTES_MAX = 4 * 1024 * 1024
