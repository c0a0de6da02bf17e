/** Codes of everything that can be said about fleet; each entry becomes a section of docs/codes.md. */
export const fleetCodes = {
  'fleet.yaml-syntax': {
    meaning:
      'The fleet file is not YAML that Baton can read: its brackets, quotes or indentation do not fit.',
    remedy:
      'Go to the line and column given. Most often it is a tab, or a line indented too far or too little.',
  },
  'fleet.too-large': {
    meaning: 'The fleet file is larger, more deeply nested or describes more servers than Baton accepts.',
    remedy:
      'Check that it is the right file. Zones belong in the files named by `zones`, not in the fleet file.',
  },
  'fleet.duplicate-setting': {
    meaning: 'One mapping says the same word twice, so one of the two would be lost in silence.',
    remedy: 'Keep the one you mean and remove the other.',
  },
  'fleet.unknown-setting': {
    meaning: 'Baton knows no such word in this place; most often it is misspelt or indented wrongly.',
    remedy: 'Use the word suggested, or look it up in docs/baton.yaml.md.',
  },
  'fleet.missing-setting': {
    meaning: 'Something that has no sensible default was not said.',
    remedy: 'Add it; docs/baton.yaml.md has an example of each.',
  },
  'fleet.bad-value': {
    meaning: 'A value is of the wrong kind, is out of its range, or lacks its unit.',
    remedy:
      'Correct the value as the message says; docs/baton.yaml.md has the unit and the range of every setting.',
  },
  'fleet.bad-name': {
    meaning:
      'The name of a server, group, key, view or zone set holds a character that is unsafe in a file name or in DNS.',
    remedy:
      'Use letters, digits, `-`, `_` and `.`, beginning with a letter and ending with a letter or digit.',
  },
  'fleet.names-alike': {
    meaning: 'Two names of the same kind differ only in capitals. DNS would take them for the same.',
    remedy: 'Rename one of them.',
  },
  'fleet.unknown-name': {
    meaning: 'The fleet file refers to a server, group, key, view or zone set that it does not describe.',
    remedy: 'Correct the name, or describe what it stands for.',
  },
  'fleet.unknown-server': {
    meaning: 'The fleet has no server of that name, so nothing was done.',
    remedy: 'Use one of the names under `servers` in the fleet file.',
  },
  'fleet.unknown-set': {
    meaning: 'The fleet has no zone set of that name, so nothing was done.',
    remedy: 'Use one of the names under `zone-sets`; a fleet without them has the one set `default`.',
  },
  'fleet.zones-and-sets': {
    meaning:
      'The zones are described both at the top of the fleet file and in `zone-sets`, or in neither place, so it is unclear which servers hold what.',
    remedy: 'For one set of zones use `zones` and `first-active`; for several use `zone-sets` alone.',
  },
  'fleet.zones-in-two-sets': {
    meaning: 'Two zone sets name the same file of zones, so its zones would have two active servers.',
    remedy: 'Give each set its own file, and each zone one set.',
  },
  'fleet.views-mismatch': {
    meaning:
      'With views, named serves every zone from some view; the fleet file has zones without a view, or views without zones.',
    remedy: 'With `views`, write `zones` as a mapping of view to file; without, as one file.',
  },
  'fleet.too-few-peers': {
    meaning: 'The primary role can be passed only between two or more peers that hold the same zones.',
    remedy: 'Describe a second server as `kind: peer`, or add the zone set to its `sets`.',
  },
  'fleet.first-active': {
    meaning:
      'The server that is to be active first cannot be: it is a secondary, or does not hold the zones.',
    remedy: 'Name a peer that holds the zone set.',
  },
  'fleet.follows': {
    meaning:
      'A group follows a server that never becomes primary, or the same server twice, so its secondaries would transfer in vain.',
    remedy: 'List each peer once, in the order in which the secondaries of the group should ask them.',
  },
  'fleet.follows-none': {
    meaning: 'A secondary holds a zone set that no peer of its group holds, so it could never be filled.',
    remedy:
      'Let its group follow a peer that holds the set, or leave the set out of the `sets` of the secondary.',
  },
  'fleet.follows-some': {
    meaning:
      'A group leaves out a peer. When the peers it does follow are down, its secondaries hear no news and their zones expire in time.',
    remedy: 'Add the peer at the end of `follows`.',
  },
  'fleet.never-first': {
    meaning:
      'There is a group for every peer, yet no group asks this peer first; most often an order was mistyped.',
    remedy: 'Put the peer first in the `follows` of one group, if that is what you mean.',
  },
  'fleet.endpoint-taken': {
    meaning:
      'Two things are said to listen on the same address and port, so Baton would mistake one for the other.',
    remedy: 'Correct the address or the port of one of them.',
  },
  'fleet.folder-taken': {
    meaning:
      'Two servers keep their files in the same folder of the same machine and would overwrite each other.',
    remedy: 'Give each its own folder; a server on another machine needs `ssh` to say which.',
  },
  'fleet.no-statistics': {
    meaning:
      'Some servers have no statistics channel, so Baton asks them zone by zone with DNS, which is slower and says less.',
    remedy:
      'Add `statistics-channels` to the configuration of named and `statistics: PORT` to the fleet file.',
  },
} as const
