/** Codes of orphans and rescues; each entry becomes a section of docs/codes.md. */
export const rescueCodes = {
  'rescue.not-found': {
    meaning: 'The server has no rescue of that name in `baton/rescue`.',
    remedy: '`baton rescue list` shows every rescue of every peer, by the name that it has.',
  },
  'rescue.manifest-unreadable': {
    meaning:
      'The file `manifest` of a rescue is missing, damaged, or of another version, so it is not known which file belongs to which zone.',
    remedy:
      'The saved zone files and journals are below `files/` beside it, under their old paths: `named-journalprint` shows what is in a journal.',
  },
  'rescue.journal-unreadable': {
    meaning:
      'The saved journal of a zone is no journal of BIND 9, or a record in it makes no sense. Its updates are not known one by one.',
    remedy:
      'What the saved zone file shows besides is told as content. See `named-journalprint` on the journal below `files/` of the rescue.',
  },
  'rescue.journal-foreign': {
    meaning: 'The saved journal of a zone tells of another zone, so nothing in it is believed.',
    remedy: 'See whether two zones of the old active write to one journal, and look at the saved file.',
  },
  'rescue.journal-cut': {
    meaning:
      'The saved journal of a zone ends before its own header says it does, as after a crash or on a full disk. The updates before the cut are whole; what came after it is lost, unless the zone file has it.',
    remedy: 'Ask those who write to the zone what they sent at the end.',
  },
  'rescue.fork-unknown': {
    meaning:
      'It is not known up to which serial the new active had received the zone: no failover wrote it down, and the journals of both servers have nothing in common. Updates cannot be told from those that came over, so only content is compared, and nothing of it is replayed.',
    remedy: 'Look at the records that differ, and add those that are missing with nsupdate.',
  },
  'rescue.fork-not-in-journal': {
    meaning:
      'The saved journal of a zone does not begin at the serial of the fork, because named had shortened it (`max-journal-size`) or the file was changed by hand. Updates between the two are not in it.',
    remedy: 'What is left can be replayed. Ask those who write to the zone what they sent before it.',
  },
  'rescue.file-unreadable': {
    meaning: 'The saved file of a zone, in which there may be more than in its journal, does not load.',
    remedy: 'Mend the copy below `files/` of the rescue, or ask those who write to the zone.',
  },
  'rescue.record-unreadable': {
    meaning:
      'A record that Baton wrote itself, of a fork below `baton/forks` or of a rescue, cannot be read. It is taken as if it were not there.',
    remedy: 'Look at the file: a full disk or another version of Baton may have written it.',
  },
} as const
