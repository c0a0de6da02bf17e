/** Codes of comparing the content of zones; each entry becomes a section of docs/codes.md. */
export const verifyCodes = {
  'verify.content-differs': {
    meaning:
      'A server has other records than the active under the same serial. It will keep them: to DNS, equal serials mean equal zones, and every later change is put on top of the difference.',
    remedy:
      'Look at the records marked + first: the active may be the one that lost them. Add those to be kept to the active with nsupdate. Then `rndc retransfer ZONE` on that server takes the zone anew, whatever its serial is; servers that others transfer from come first. Then `baton verify` again.',
  },
  'verify.content-behind': {
    meaning:
      'A server has an older serial than the active, and did not catch up in the ten seconds in which it was looked at. Its content could not be compared.',
    remedy:
      'If it stays behind: `rndc retransfer ZONE` there, and its log (categories xfer-in and notify) for why transfers do not come. Zones that are written to all the time are best verified in a quieter moment.',
  },
  'verify.content-ahead': {
    meaning:
      'A server has a newer serial than the active, so it holds something that the active never had: updates taken while it was active itself, as a rule.',
    remedy:
      'Look at the records marked + before anything else. Add those to be kept to the active with nsupdate; only then `rndc retransfer ZONE` on that server, which throws them away there.',
  },
  'verify.content-incomparable': {
    meaning:
      'The serials of the active and of a server are 2^31 apart, so that neither is newer (RFC 1982 section 3.2).',
    remedy:
      'Look at the records marked + first, and add those to be kept to the active with nsupdate. Then `rndc retransfer ZONE` on that server takes the zone whatever its serial is.',
  },
  'verify.content-unknown': {
    meaning:
      'Baton could not transfer the zone from this server or from the active, so it cannot tell whether the two copies are equal. It never counts them as equal.',
    remedy:
      'See whether named runs there, whether the zone is loaded, and whether allow-transfer admits the fleet key. Then verify again.',
  },
  'verify.active-unknown': {
    meaning:
      'It is not known which peer is active, or two are, so there is nothing to compare the zones with.',
    remedy: '`baton status` says who claims what. Settle that first.',
  },
  'verify.memory-unkept': {
    meaning:
      'What was found equal could not be written down beside the fleet file. The result stands; the next verification transfers everything again.',
    remedy:
      'See that the folder `.baton` beside the fleet file may be written and that its disk is not full.',
  },
} as const
