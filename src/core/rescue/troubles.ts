import { type Code, type Failure, failure, type Serial } from '../base/index.ts'

/** The serials between which something happened. */
type Span = { readonly from: Serial; readonly to: Serial }

/** What can keep the orphans of a zone from being known; the zone is named as `zoneId` does. */
export function journalUnreadable(zone: string, because: string): Failure {
  return trouble(zone, 'rescue.journal-unreadable', `its saved journal cannot be read: ${because}`)
}

export function journalForeign(zone: string, other: string): Failure {
  return trouble(zone, 'rescue.journal-foreign', `its saved journal is that of ${other}`)
}

export function journalCut(zone: string, whole: Serial | undefined): Failure {
  const until = whole === undefined ? 'no update in it is whole' : `it is whole up to serial ${whole}`
  return trouble(zone, 'rescue.journal-cut', `its saved journal was cut short: ${until}`)
}

export function forkUnknown(zone: string, because: string): Failure {
  return trouble(zone, 'rescue.fork-unknown', `nobody wrote down where it forked, and ${because}`)
}

export function forkNotInJournal(zone: string, fork: Serial, first: Span): Failure {
  const where = `the fork is at serial ${fork}, and the first update after it leads from ${first.from} to ${first.to}`
  return trouble(zone, 'rescue.fork-not-in-journal', `updates before its first orphan are missing: ${where}`)
}

export function fileUnreadable(zone: string, because: string): Failure {
  return trouble(zone, 'rescue.file-unreadable', `its saved file does not load: ${because}`)
}

/** The remedies of troubles depend on the trouble alone. */
const REMEDIES = {
  'rescue.journal-unreadable': 'What its saved file shows is told; see `named-journalprint` on the journal.',
  'rescue.journal-foreign': 'What its saved file shows is told; see who wrote two journals to one place.',
  'rescue.journal-cut': 'What is whole is told; ask the writers what they sent after that.',
  'rescue.fork-unknown': 'Compare the records that are shown, and add by hand what is missing.',
  'rescue.fork-not-in-journal':
    'What its saved file shows is told, name by name; in which order it came, nobody knows.',
  'rescue.file-unreadable': 'Fix the copy under `files/` of the rescue, or ask the writers what they sent.',
} as const satisfies Partial<Record<Code, string>>

function trouble(subject: string, code: keyof typeof REMEDIES, because: string): Failure {
  return failure({ code, subject, because, remedy: REMEDIES[code] })
}
