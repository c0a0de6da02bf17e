/** Codes of what follows from looking at a fleet; each entry becomes a section of docs/codes.md. */
export const snapshotCodes = {
  'snapshot.server-unseen': {
    meaning:
      'Neither the statistics channel nor DNS told which zones this server has, so nothing is known of it. It is never counted as well.',
    remedy:
      'See whether named runs there and whether its address and ports in baton.yaml are right. If it is the active one and stays away: `baton failover`; where no peer answers, start named on one first, best on the one that was active last.',
  },
  'snapshot.control-unseen': {
    meaning:
      'The rndc control channel did not answer, or refused the key. Queries may well be answered; nothing can be changed.',
    remedy:
      'Compare the controls statement on the server with rndc in baton.yaml: address, port, key and allow list.',
  },
  'snapshot.files-unseen': {
    meaning:
      'The configuration folder of this server could not be read, so drift, locks and its recorded role are unknown.',
    remedy: 'Check that Baton may reach and read the folder named in baton.yaml.',
  },
  'snapshot.configuration-refused': {
    meaning: 'named refused the configuration it was last given and goes on with the one before it.',
    remedy:
      'Run `named-checkconf -z` on the server, fix what it names, and `rndc reconfig`; `baton diff` shows what differs.',
  },
  'snapshot.configuration-drifted': {
    meaning: 'Files on this server are not what Baton would write. The next push or switchover would refuse.',
    remedy:
      '`baton diff` shows the difference. Take it over into the fleet folder, or put the files back with `baton push`.',
  },
  'snapshot.files-exposed': {
    meaning:
      'Somebody else than root could change what the guard of this server executes or installs, or read a key: a file or folder has the wrong owner or mode. Whoever is `bind` there could become root. The guard lets named start as standby.',
    remedy:
      '`baton push`, as root, sets owners and modes right; so does `baton guard install` for a peer. See who changed them.',
  },
  'snapshot.configuration-outdated': {
    meaning:
      'The files on this server are those of the last push, and the fleet folder is the same; but this Baton, or the release that named runs now, renders them differently. Every operation goes by the files that are there.',
    remedy: '`baton push` brings them up to date, when it suits you.',
  },
  'snapshot.record-missing': {
    meaning:
      'This peer does not say which fleet folder was pushed last. A failover then has to render the fleet folder, and a stale checkout is not found.',
    remedy: '`baton push` writes it.',
  },
  'snapshot.record-unseen': {
    meaning: 'What this peer has of the last push cannot be read, or was written by a newer Baton.',
    remedy: 'Compare `baton/pushed` with that of another peer: it is the same on all.',
  },
  'snapshot.folder-behind': {
    meaning:
      'What was pushed last is neither this fleet folder nor a state that it was made from. A push from it is refused.',
    remedy: 'Bring the folder up to date. `baton diff` shows in what it differs from the servers.',
  },
  'snapshot.removed-active': {
    meaning:
      'A peer that was removed from the fleet for good is there again, and says that it is active: two servers may take writes, and nothing carries over what this one takes.',
    remedy:
      'Stop its named at once, and keep it from starting. What it took alone is in its zone files and journals: keep them, and replay what you need.',
  },
  'snapshot.removed-named': {
    meaning:
      'A peer was removed from the fleet for good, and baton.yaml names it all the same. Nothing is done with it.',
    remedy: 'Take it out of baton.yaml, then `baton push`. A new machine gets a name of its own.',
  },
  'snapshot.role-unknown': {
    meaning: 'The marker zone of this peer gave no usable answer, so it is not known whether it is active.',
    remedy:
      'Look at `baton/state` and `named.conf` on the peer. While a role is unknown nothing is promoted.',
  },
  'snapshot.marker-contradicts': {
    meaning: 'The marker of this peer names one role, and the types of its zones are those of the other.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. Otherwise install the right named.conf and `rndc reconfig`.',
  },
  'snapshot.state-contradicts': {
    meaning: 'The recorded role or term (`baton/state`) of this peer is not what its marker answers.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. Otherwise `baton diff` shows which file was changed.',
  },
  'snapshot.foreign-fleet': {
    meaning: 'This server says that it belongs to another fleet, or that it is another server.',
    remedy: 'Check address and port in baton.yaml. Baton changes nothing on a server of another fleet.',
  },
  'snapshot.no-active': {
    meaning: 'No peer is active for this zone set: updates are refused everywhere.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. If the active is gone, `baton failover`. If all came up as standby, as after a power cut: stop named on one, and `baton failover --from` it `--to` the one that was active.',
  },
  'snapshot.two-actives': {
    meaning:
      'Two peers are active for the same zones and may both take updates, so their content drifts apart with every one.',
    remedy:
      'The higher term is right; where terms are equal, the one whose own record (`baton/state`) says active, because the other was switched by hand. `baton resolve --keep SERVER` saves what the other one alone has and makes it a standby; until then `rndc freeze` on the other keeps it from taking more updates.',
  },
  'snapshot.term-behind': {
    meaning: 'This peer has not learned of the last promotion. After a reboot it would judge by an old term.',
    remedy: 'If a run is unfinished, `baton resume`. Otherwise `baton push` writes the newest term.',
  },
  'snapshot.term-went-back': {
    meaning:
      'The history of the fleet has this peer in a newer term than the one it names: its disk or its whole machine was put back to an earlier state, a snapshot or a backup.',
    remedy:
      'If it is active, stop its named and let another take over. `baton rejoin` brings it back behind the active.',
  },
  'snapshot.serials-went-back': {
    meaning:
      'The active has older zones than every other server: it was probably restored from a snapshot or backup, or promoted before it had caught up. No server transfers from one that has less, and its new updates take serials that others gave to something else.',
    remedy:
      'Freeze it at once and compare (`baton verify`). Then stop its named, `baton failover`, and `baton rejoin`: the newest copies of all survivors count.',
  },
  'snapshot.zones-missing': {
    meaning: 'named on this server does not have zones that the fleet says it should have.',
    remedy: '`baton diff`, then `baton push`. If the files agree, `rndc reconfig` on the server.',
  },
  'snapshot.zones-unloaded': {
    meaning: 'Zones are configured but not loaded; queries for them get SERVFAIL.',
    remedy:
      "named's log says why, zone by zone: often a missing file, a syntax error, or a file in another format.",
  },
  'snapshot.zones-expired': {
    meaning:
      'A secondary has not reached any primary for longer than the SOA expire time and has stopped answering for these zones.',
    remedy: 'Find out why no primary of the zone answers it. `rndc retransfer ZONE` once one does.',
  },
  'snapshot.zones-mistyped': {
    meaning: 'Zones are primary where the role of the server says secondary, or the other way round.',
    remedy:
      'If a run is unfinished, `baton resume` or `baton rollback`. Otherwise `rndc reconfig` makes named read its file.',
  },
  'snapshot.zones-frozen': {
    meaning:
      'Zones of the active are frozen although no run holds the fleet: every update of them is refused. Somebody froze them to edit a file and forgot them, or a run that is gone left them so.',
    remedy:
      'Ask who froze them and why, then `rndc thaw ZONE`; named reads the file of a zone that is thawed.',
  },
  'snapshot.serials-behind': {
    meaning:
      'Zones on this server have an older serial than on the active. For some seconds after an update that is how it should be.',
    remedy:
      'If it lasts: `rndc refresh ZONE` on the server, and its log about transfers and NOTIFY (category xfer-in, notify).',
  },
  'snapshot.serials-ahead': {
    meaning:
      'Zones on this server have a newer serial than the active: it holds something that the active never had.',
    remedy: 'Do not promote or retransfer before you know what it is: compare with `dig axfr` from both.',
  },
  'snapshot.serials-incomparable': {
    meaning: 'Two serials are exactly 2^31 apart, so neither is newer (RFC 1982 section 3.2).',
    remedy:
      'Raise the serial on the active by less than 2^31, or `rndc retransfer ZONE` on the other server.',
  },
  'snapshot.run-unfinished': {
    meaning: 'An operation holds the lock of the fleet. It is still running, or it died on the way.',
    remedy:
      'If it died: `baton resume` takes it to its end, `baton rollback` takes it back, as far as that is possible.',
  },
} as const
