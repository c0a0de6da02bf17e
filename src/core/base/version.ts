/** What `--version` prints; a test holds it to package.json, which is not read at every start for it. */
export const VERSION = '0.1.0'
