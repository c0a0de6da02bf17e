import { fail, ok, type Result } from '../../base/index.ts'

/**
 * Names become parts of file names, DNS labels and arguments: no slash, no leading dot or dash, never digits
 * alone (which YAML would read as a number, and JavaScript would sort before the others).
 */
export const NAME_PATTERN = /^[A-Za-z](?:[._-]?[A-Za-z0-9])*$/

/** A name may be a label of the DNS (RFC 1035 section 2.3.4). */
export const NAME_LENGTH_MAX = 63

export const NAME_RULE = `A name has at most ${NAME_LENGTH_MAX} letters and digits, begins with a letter, and may have a single \`-\`, \`_\` or \`.\` between them.`

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNSAFE_IN_PATH = /[\u0000-\u001f\u007f"]/

/** Neither an option (a leading dash) nor anything that a shell would read as more than a word. */
const DESTINATION_PATTERN = /^[A-Za-z0-9_[][A-Za-z0-9_.:/@[\]%+-]*$/

/** What ssh takes as its destination: `[user@]host`, an alias of `~/.ssh/config`, or `ssh://…`. */
export function readDestination(text: string): Result<string, string> {
  return DESTINATION_PATTERN.test(text)
    ? ok(text)
    : fail('is not an ssh destination, such as ns1.example.net or admin@ns1.example.net')
}

/** A path that named.conf can carry between its quotes. */
export function readPath(text: string): Result<string, string> {
  if (text === '') return fail('is empty; a path is expected')
  return UNSAFE_IN_PATH.test(text) ? fail('holds a quote or a control character') : ok(text)
}

/** A folder on a server; relative would be relative to nothing there. */
export function readServerFolder(text: string): Result<string, string> {
  return text.startsWith('/') ? readPath(text) : fail('is not an absolute path, such as /etc/bind')
}

/** What `useradd` accepts as a user's name on Debian and elsewhere. */
export function readUser(text: string): Result<string, string> {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/.test(text)
    ? ok(text)
    : fail("is not a user's name, such as bind or named")
}
