import type { ErrorCode } from 'yaml'

const NO_TAG = 'Remove the tag, which begins with `!`; a fleet file needs none.'
const OTHER_FILE = 'See that it is the fleet file, and that it is YAML 1.2.'

/** What to do about each complaint of the YAML reader. Some of them cannot come up as it is called; all are told alike. */
export const YAML_REMEDIES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'Remove the anchor or tag before the alias.',
  BAD_ALIAS: 'Write a name after the `&` or `*`, and a space between it and a colon.',
  BAD_COLLECTION_TYPE: NO_TAG,
  BAD_DIRECTIVE: 'Remove the line that begins with `%`; a fleet file needs none.',
  BAD_DQ_ESCAPE: "Put the value in single quotes, `'…'`, where a backslash means itself.",
  BAD_INDENT: 'Close every bracket and quote before it, and indent the line like those beside it.',
  BAD_PROP_ORDER: 'Write the anchor or tag behind the `-`, `?` or `:`.',
  BAD_SCALAR_START: 'Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'Give what follows the first colon a line of its own, indented further. A text that holds a colon goes in quotes.',
  BLOCK_IN_FLOW: 'Within brackets, write lists as `[a, b]` and mappings as `{ a: b }`.',
  DUPLICATE_KEY: 'Keep the one you mean and remove the other.',
  IMPOSSIBLE: OTHER_FILE,
  KEY_OVER_1024_CHARS: 'Shorten the word before the colon.',
  MISSING_CHAR: 'Write what is missing: the bracket, quote, comma or colon, or a space before a `#`.',
  MULTILINE_IMPLICIT_KEY:
    'Write each word on one line with its colon; on the line before, a colon may be missing.',
  MULTIPLE_ANCHORS: 'Keep one of the anchors.',
  MULTIPLE_DOCS: 'Remove the `---` and what follows it, or keep that in a file of its own.',
  MULTIPLE_TAGS: NO_TAG,
  NON_STRING_KEY: 'Write a single word before the colon.',
  RESOURCE_EXHAUSTION: OTHER_FILE,
  TAB_AS_INDENT: 'Indent with spaces; YAML allows no tabs there.',
  TAG_RESOLVE_FAILED: NO_TAG,
  UNEXPECTED_TOKEN: 'Remove it, or put the text that it belongs to in quotes.',
}
