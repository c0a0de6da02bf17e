/** Codes of operations under way; each entry becomes a section of docs/codes.md. */
export const engineCodes = {
  'engine.locked': {
    meaning: 'Another operation holds the fleet: one at a time, so that no two persons promote two servers.',
    remedy: 'If it still runs, wait. If it died, `baton status` says which command ends it.',
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
      'A run of an older Baton holds the fleet, and every peer was seen to have neither its plan nor a journal of it, so nothing was done. A lock of today says that there was a plan: without that it is `engine.record-damaged`.',
    remedy: '`baton rollback` gives the locks back.',
  },
  'engine.not-begun': {
    meaning:
      'A run has its locks, and none of its steps had begun when its process died. How the fleet stands now was not checked for it.',
    remedy:
      '`baton rollback` gives the locks back, without a lost server with `--without NAME`; then order it again.',
  },
  'engine.record-unreadable': {
    meaning:
      'A file of the record of a run, what lies beside its plan, or a lock could not be read, and no other copy tells what it says. There may be an unfinished run, so Baton changes nothing and keeps the locks.',
    remedy:
      'Make the file readable that is named: run Baton as root or as the person who began the run, or bring the server back. Then run the command again.',
  },
  'engine.record-damaged': {
    meaning:
      'A file of the record of a run is empty, cut off or changed in every copy that can be read, or gone from all. What the run did is not known, so nothing is changed, and the locks stay.',
    remedy:
      'Bring the file back from a backup, or a server that has a copy. Without one, see with `baton status` who is active, thaw there what is frozen, move `baton/lock` away on every peer, and `baton push`.',
  },
  'engine.journal-gap': {
    meaning:
      'A line in the middle of the journal of a run is in no copy. What the run did there is not known, so nothing is changed, and the locks stay.',
    remedy:
      'Make every copy readable, or bring a journal back from a backup. Without one, see with `baton status` who is active, thaw there what is frozen, move `baton/lock` away on every peer, and `baton push`.',
  },
  'engine.newer-run': {
    meaning: 'The run was begun by a newer Baton, in a way that this one does not know. It is left alone.',
    remedy: 'Use the Baton that began the run, or a newer one.',
  },
  'engine.two-runs': {
    meaning:
      'Two runs are unfinished at once, each on servers of its own. Ending one of them could undo what the other did.',
    remedy:
      'Decide which run is to be ended, and move `baton/runs/RUN` of the other one away on every server, and `baton/lock` where that one holds it. Then `baton resume` or `baton rollback`.',
  },
  'engine.holder-unknown': {
    meaning:
      'Whether this process still holds its run could not be seen on a server that it was about to change. It changed nothing there.',
    remedy: 'See that the folder `baton/runs` can be read on that server, then `baton resume`.',
  },
  'engine.old-active-silent': {
    meaning:
      'The old active does not answer before it is made a standby, and it is not proven that it has stopped: it may still take updates.',
    remedy:
      'Bring it back, or stop its named, then `baton resume`. If it is lost, fence it: `baton failover --fenced NAME=…` ends the run.',
  },
  'engine.run-alive': {
    meaning:
      'The run is not dead: its process is alive on this machine, or wrote to the journal while that was watched.',
    remedy: 'Wait for it. If you know that it is gone, take it over with --take-over.',
  },
  'engine.nothing-unfinished': {
    meaning: 'There is no run to resume or to roll back: no peer is locked.',
    remedy: '`baton status` shows how the fleet stands, `baton history` what was done.',
  },
  'engine.past-return': {
    meaning:
      'The new active takes writes already, and going back now would lose what it has accepted; or a returning server gave up what it held, which is saved.',
    remedy:
      '`baton resume` ends the run; after a switchover, switch over back. A rejoin that nothing else ends is given up with `baton rollback --without NAME`.',
  },
  'engine.not-without': {
    meaning:
      'A switchover or failover cannot be ended by leaving this server out: the role is on its way, and may be there already. Before the promotion began, a switchover is taken back without any server but the old active.',
    remedy:
      'Where the old active is lost, or the new one once its promotion began, `baton failover` ends the run. Of another peer, say how it is kept from writing: `baton resume --fenced NAME="…"`.',
  },
  'engine.needs-fenced': {
    meaning:
      'A run was to go on without a server on which it has something to do: the old or the new active, or any server of a push.',
    remedy:
      'Where the role is on its way, `baton failover` ends the run; before the promotion began, `baton rollback --without NAME` takes it back without the new active. That ends a push, a rejoin, a resolve or a removal too.',
  },
  'engine.other-sources': {
    meaning:
      'The fleet folder renders to something else than it did when the run began, so its zones may be others.',
    remedy:
      'Use the fleet folder as it was then. `baton diff` shows in what yours differs from the servers; take that back, end the run, and then push it.',
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
    remedy: 'Fix what it names. The configuration before is still in force.',
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
  'engine.left-active': {
    meaning:
      'A promotion was taken back: the old active takes updates again. The disk of the would-be active could not be written, so its files still say active.',
    remedy:
      'Stop named on the would-be active and keep it stopped. When its disk is writable again, run `baton resume`: it puts the files back. Then start named. If the server is lost, run `baton failover`: it ends the run.',
  },
  'engine.signing-keys-differ': {
    meaning:
      'The new active lacks a DNSSEC key file: it would make a new key and the zone would go bogus later.',
    remedy: 'Copy the K* files of the key directory.',
  },
  'engine.keys-unsettled': {
    meaning:
      'A rollover of a KSK or CSK has begun since the checks, so that the zone would be bogus on the new active. It was not promoted.',
    remedy: 'Run `baton rollback`. Then repeat `baton check` until it says that a promotion is safe.',
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
  'engine.gone-on': {
    meaning:
      'The role was passed on without this run: a peer knows a later term than the run had reached, or another server than its new active is active in its term. A server that was lost came back with the lock of a run that nobody waited for.',
    remedy:
      'Where the run had not done anything yet, `baton rollback` gives its locks back. Otherwise move baton/lock away where it is of this run, and `baton rejoin` the server that came back.',
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
