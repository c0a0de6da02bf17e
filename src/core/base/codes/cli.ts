/** Codes of the command line and of what a person gives it; each entry becomes a section of docs/codes.md. */
export const cliCodes = {
  'cli.no-fleet-file': {
    meaning: 'The fleet file is not where it was looked for.',
    remedy: 'Go to the folder of the fleet, or name the file with --fleet FILE or $BATON_FLEET.',
  },
  'cli.file-missing': {
    meaning: 'A file of the fleet folder that baton.yaml names is not there.',
    remedy: 'Correct the path in baton.yaml, or put the file there. Paths start at the folder of baton.yaml.',
  },
  'cli.file-unreadable': {
    meaning:
      'A file of the fleet folder is there and cannot be read: a folder has its name, or it is somebody else’s.',
    remedy: 'Look at it with `ls -ld`; run Baton as somebody who may read it.',
  },
  'cli.key-not-in-file': {
    meaning: 'A key file does not hold the key that baton.yaml says it holds.',
    remedy:
      'Make one with `tsig-keygen NAME > FILE`; the name in the file and in baton.yaml must be the same.',
  },
  'cli.target-unclear': {
    meaning: 'There is more than one server the primary role could be passed to, or none.',
    remedy: 'Name it with --to SERVER.',
  },
  'cli.active-unclear': {
    meaning: 'It is not known which server is active, so there is nothing to pass on.',
    remedy: 'See `baton status`.',
  },
  'cli.already-active': {
    meaning: 'The server that the role was to be passed to has it already.',
    remedy: 'Nothing to do; `baton status` shows since when.',
  },
  'cli.not-confirmed': {
    meaning: 'Nobody said yes, so nothing was changed.',
    remedy: 'Answer y, or give --yes where there is nobody to ask.',
  },
  'cli.no-terminal': {
    meaning: 'There is no terminal to ask on, and --yes was not given. Nothing was changed.',
    remedy:
      'Give --yes when a script is meant to act without asking, or --dry-run to see what would be done.',
  },
  'cli.usage': {
    meaning: 'The command line has a word or a value that does not belong there.',
    remedy: 'The command with --help shows what it takes, with an example.',
  },
  'cli.changed-meanwhile': {
    meaning:
      'Between the checks and the lock somebody else changed roles or files, so the plan no longer fits. Nothing was changed.',
    remedy: 'Look at `baton status` and order it again if it is still wanted.',
  },
  'cli.no-zone-left': {
    meaning:
      'The fleet folder has none of the zones that a peer serves. A list that a full disk has emptied looks like this. Nothing was changed.',
    remedy:
      'Put the list of zones back. If all of them are to go, leave one in, and remove that by hand in the end.',
  },
  'cli.defect': {
    meaning:
      'Baton met a state that its makers held impossible and stopped at once. The journal of a run stays.',
    remedy:
      'Look at `baton status`; an unfinished run can be resumed or rolled back. Please report it with the lines printed.',
  },
} as const
