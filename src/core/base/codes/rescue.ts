/** Codes of orphans and rescues; each entry becomes a section of docs/codes.md. */
export const rescueCodes = {
  'rescue.not-found': {
    meaning: 'The server has no rescue of that name in `baton/rescue`.',
    remedy: '`baton rescue list` shows every rescue of every peer, by the name that it has.',
  },
  'rescue.zone-without-orphans': {
    meaning: 'A rescue holds no orphan of the zone that was named with --zone.',
    remedy: '`baton rescue show` without --zone shows every zone that has one.',
  },
  'rescue.manifest-unreadable': {
    meaning:
      'The file `manifest` of a rescue is missing, damaged, of another version, or of another fleet or server, so it is not known which file belongs to which zone.',
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
    meaning: 'The saved journal of a zone belongs to another zone, so nothing in it is believed.',
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
      'The saved journal of a zone does not begin at the serial of the fork, because named had shortened it (`max-journal-size`) or the file was changed by hand. Updates between the two are not in it; what became of them is found by content, name by name.',
    remedy:
      '`baton rescue show` has what was found by content after what the journal tells. It is never replayed: add with nsupdate what is missing.',
  },
  'rescue.file-unreadable': {
    meaning: 'The saved file of a zone, in which there may be more than in its journal, does not load.',
    remedy: 'Fix the copy below `files/` of the rescue, or ask those who write to the zone.',
  },
  'rescue.active-unclear': {
    meaning:
      'It is not known who is active for the zone set of a rescue, or two are, so there is nothing to hold its orphans against.',
    remedy: '`baton status` says who claims what. Settle that first.',
  },
  'rescue.no-key': {
    meaning:
      'No key can be used to replay the orphans of a zone: its `update-policy` or `allow-update` names none that is under `keys` in baton.yaml, or the key leads to another view, where a zone of the same name would be changed.',
    remedy:
      'Add the key that its writers use to `keys` in baton.yaml and name it with --key, or run the script of `baton rescue show … --nsupdate` with a key of your own.',
  },
  'rescue.several-scripts': {
    meaning:
      'A rescue has orphans in several views, or for several actives, and one script for nsupdate would send them all with one key to one place.',
    remedy: 'Name one zone with --zone ZONE/VIEW, or take the scripts one by one from --json.',
  },
  'rescue.update-refused': {
    meaning:
      'The active did not take the replayed update of an orphan. Nothing after it in that zone was sent, because orphans build upon each other.',
    remedy:
      'Its log (category update-security) says why. Name a key that may update the zone with --key, then apply again: what was applied is not sent twice.',
  },
  'rescue.not-taken': {
    meaning:
      'The active answered that it had done a replayed update, but its content does not show it: somebody changed the same records at that moment, or named passed over a part of it.',
    remedy: 'Look with `baton rescue show`, and at the records themselves.',
  },
  'rescue.orphans-left': {
    meaning:
      'A rescue that is to be discarded holds orphans that were not replayed, or that cannot be counted. Once it is discarded nobody has them.',
    remedy:
      '`baton rescue show` says which of them `baton rescue apply` replays, and which are yours to decide. Or discard them knowingly, --with-orphans.',
  },
  'rescue.discarded': {
    meaning: 'The files of a rescue were discarded, so there is nothing left to show or to replay.',
    remedy: '`baton history` says who did it, and when.',
  },
  'rescue.not-removed': {
    meaning:
      'A rescue was discarded and is on record as such, but a part of its files could not be removed and still takes room on the server.',
    remedy:
      'Fix what keeps the files, then give the same `baton rescue discard` again: it removes the rest and asks nothing.',
  },
  'rescue.record-unreadable': {
    meaning:
      'A record that Baton wrote itself, of a fork below `baton/forks` or of a rescue, cannot be read. The one of a fork is taken as if it were not there; without the one of a rescue nothing is replayed, since it says what was replayed before.',
    remedy: 'Look at the file: a full disk or another version of Baton may have written it.',
  },
} as const
