/** Codes of what a push writes down on the peers; each entry becomes a section of docs/codes.md. */
export const pushCodes = {
  'push.folder-behind': {
    meaning:
      'What was pushed last is neither this fleet folder nor a state that it was made from, by what Git knows or this checkout remembers: a push would take back what somebody else changed.',
    remedy:
      'Bring the folder up to date. If what was pushed is to go, look at `baton diff`, and name its digest: `baton push --despite-newer DIGEST`.',
  },
  'push.record-unreadable': {
    meaning:
      'What the last push wrote down on a peer, `baton/pushed` and `baton/pushed.zones`, cannot be understood.',
    remedy:
      'Compare the file with that of another peer: it is the same on all. Remove it if it is no record: the next push writes it.',
  },
  'push.record-newer': {
    meaning: 'What the last push wrote down on a peer was written by a newer Baton, in a format of its own.',
    remedy: 'Push with that Baton, or a newer one.',
  },
  'push.role-file-unknown': {
    meaning:
      'A failover makes the configuration of the new active from the `named.standby.conf` that the last push left there, and that file has lost what a push puts in.',
    remedy:
      'Put back what was pushed: `baton render --out DIR`, in the fleet folder as it was then, makes it. Or name another server with --to.',
  },
} as const
