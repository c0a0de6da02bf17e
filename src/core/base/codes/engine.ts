/** Codes of operations under way; each entry becomes a section of docs/codes.md. */
export const engineCodes = {
  'engine.locked': {
    meaning: 'Another operation holds the fleet: one at a time, so that no two persons promote two servers.',
    remedy:
      'If it still runs, wait. If it died, `baton status` says which of `baton resume` and `baton rollback` ends it.',
  },
  'engine.lock-moved': {
    meaning: 'The lock was taken when we asked and gone when we looked.',
    remedy: 'Run the command again.',
  },
  'engine.overtaken': {
    meaning:
      'While this process stood still, somebody else took its run over. It stopped and changed nothing more.',
    remedy: '`baton status` shows who holds the run now; leave it to them.',
  },
  'engine.plan-missing': {
    meaning:
      'The plan of an unfinished run can be read nowhere. The first step waits until every copy has it.',
    remedy: '`baton rollback` gives the locks back when every peer was asked.',
  },
  'engine.run-alive': {
    meaning:
      'The run is not dead: its process is alive on this machine, or wrote to the journal a moment ago.',
    remedy: 'Wait for it. If you know that it is gone, take it over with --take-over.',
  },
  'engine.nothing-unfinished': {
    meaning: 'There is no run to resume or to roll back: no peer is locked.',
    remedy: '`baton status` shows how the fleet stands, `baton history` what was done.',
  },
  'engine.past-return': {
    meaning:
      'The new active takes writes already, and going back now would lose what it has accepted; or a returning server gave up what it held, which is saved.',
    remedy: '`baton resume` ends the run; after a switchover, switch over back.',
  },
  'engine.other-sources': {
    meaning:
      'The fleet folder renders to something else than it did when the run began, so its zones may be others.',
    remedy:
      'Use the fleet folder as it was then. `baton diff` shows in what yours differs from the servers; take that back, end the run, and then push it.',
  },
  'engine.thawed-meanwhile': {
    meaning:
      'Somebody thawed the old active between its freeze and its becoming a standby, and it took updates that the new active does not have. It is frozen again, and was not made a standby, for that would throw them away.',
    remedy:
      'Copy file and journal of the zones that are named, then `baton resume`; what `named-journalprint` shows is to be sent once more.',
  },
  'engine.disk-behind': {
    meaning:
      'What a server serves is newer than what it would load from its disk: a reconfig would go back in time.',
    remedy: 'See that named may write its zone files, and that the disk is not full.',
  },
  'engine.zones-not-right': {
    meaning: 'After a reconfig not every zone is of the right type, loaded, and at its serial.',
    remedy: "named's log on that server says why a zone did not load.",
  },
  'engine.configuration-refused': {
    meaning: 'named or named-checkconf refused a configuration.',
    remedy: 'Mend what it names. The configuration before is still in force.',
  },
  'engine.still-behind': {
    meaning: 'The new active did not reach the serials of the frozen one in time.',
    remedy: 'See its log (categories xfer-in and notify) for why transfers do not come.',
  },
  'engine.pause-over': {
    meaning:
      'Writes were stopped for as long as `write-pause-max` allows, and the new active was not ready: all is put back.',
    remedy: 'See what it was waiting for. Raise `write-pause-max` in baton.yaml if your servers need longer.',
  },
  'engine.forked': {
    meaning:
      'A promotion is to be taken back, and the would-be active serves a dynamic zone at a serial that does not come after the frozen one: it was loaded from something older, and no transfer can carry home what it may have taken.',
    remedy:
      'Copy file and journal of the zone on the would-be active, restart its named (its files make it a standby), then `baton resume`.',
  },
  'engine.signing-keys-differ': {
    meaning:
      'The new active lacks a DNSSEC key file: it would make a new key and the zone would go bogus later.',
    remedy: 'Copy the K* files of the key directory.',
  },
  'engine.old-active-gone': {
    meaning: 'The old active, which must tell at which serials it is frozen, does not answer any more.',
    remedy:
      'Bring it back (it comes up as standby) and `baton resume`, or `baton rollback`. If it is lost, `baton failover` ends the run.',
  },
  'engine.other-peer-unseen': {
    meaning:
      'Right before writes open every other peer is asked once more, and one of them does not say which role it has: it may be active.',
    remedy:
      'Start named there, or make sure that it takes no writes and say so with --fenced NAME="…": to the command itself, or to `baton resume`.',
  },
  'engine.other-peer-ahead': {
    meaning:
      'Right before writes open another peer is active, or knows of a later term: somebody else passed the role on meanwhile.',
    remedy: 'See `baton status`. Of two actives `baton resolve` keeps one.',
  },
  'engine.not-forwarded': {
    meaning: 'An update sent to the old active does not arrive at the new one.',
    remedy: 'See allow-update-forwarding on the one and the update key on the other.',
  },
  'engine.not-converged': {
    meaning: 'A server has not reached the serials of the new active in time.',
    remedy: 'See its log (categories xfer-in and notify); `rndc refresh ZONE` asks again.',
  },
} as const
