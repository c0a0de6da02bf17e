/** Codes of the checks asked before acting: one a check, of the same name; each becomes a section of docs/codes.md. */
export const checkCodes = {
  'check.servers-answer': {
    meaning: 'A server did not tell which zones it has. What is not known is taken as a no.',
    remedy:
      'Start named there, or fix address and ports in baton.yaml. A secondary that is known to be down may be left out with --without.',
  },
  'check.control-answers': {
    meaning:
      'The rndc channel of a server is closed to us, so it could not be told to switch, or to switch back.',
    remedy: 'Compare its controls statement with rndc in baton.yaml: address, port, key and allow list.',
  },
  'check.files-readable': {
    meaning:
      'The configuration folder of a server could not be read, so nothing is known of locks, roles and drift there.',
    remedy: 'Check the folder in baton.yaml and the rights of the person who runs Baton.',
  },
  'check.fleet-is-ours': {
    meaning: 'A server answers with the name of another server or another fleet.',
    remedy: 'Compare address, ports and folder in baton.yaml with the server itself.',
  },
  'check.one-active': {
    meaning: 'There is not exactly one active peer, or the role of a peer is not known.',
    remedy: 'See `baton status`. Finish or take back an unfinished run first.',
  },
  'check.handover-makes-sense': {
    meaning: 'A switchover goes from the active to a standby, and these two are not that.',
    remedy: 'See `baton status` for who is active.',
  },
  'check.roles-agree': {
    meaning: 'Marker, state file, zone types and terms do not tell the same story about a peer.',
    remedy: 'Finish or take back an unfinished run; otherwise see `baton diff`.',
  },
  'check.no-unfinished-run': {
    meaning: 'Another operation holds the lock: somebody else is at work, or a run died.',
    remedy: 'Wait, or `baton resume`, or `baton rollback`.',
  },
  'check.configuration-running': {
    meaning: 'named refused the configuration it was last given; what runs is not what is installed.',
    remedy: 'Run `named-checkconf` there, fix what it names, and `rndc reconfig`.',
  },
  'check.configuration-installed': {
    meaning:
      'Files on a server are not what the fleet folder renders to, so the switch would not do what the plan says.',
    remedy: '`baton diff`, then take the change over or `baton push`.',
  },
  'check.configuration-loads': {
    meaning: 'named-checkconf -z -j says that a peer would not load everything in its new role.',
    remedy: 'Fix the zone or the configuration it names.',
  },
  'check.zones-configured': {
    meaning: 'named on a server does not have zones that it should have.',
    remedy: '`baton push`, or `rndc reconfig` when the files agree.',
  },
  'check.zones-loaded': {
    meaning: 'Zones are not loaded on a server and answer SERVFAIL.',
    remedy: "named's log says why.",
  },
  'check.zones-unexpired': {
    meaning: 'A copy of a zone is expired or close to it: its server has not reached a primary for long.',
    remedy: 'Find out why its primaries do not answer it.',
  },
  'check.zones-not-frozen': {
    meaning: 'Somebody has frozen zones on the active, perhaps to edit a file.',
    remedy: 'Ask, then `rndc thaw ZONE`.',
  },
  'check.zones-dynamic-as-rendered': {
    meaning: 'named does not treat a zone as dynamic although its block takes updates.',
    remedy: '`rndc showzone ZONE` shows what named runs.',
  },
  'check.serials-ordered': {
    meaning: 'A server holds a newer serial than the active, or one that has no order to it.',
    remedy: 'Find out what it holds before anything is overwritten.',
  },
  'check.disk-readable': {
    meaning:
      'A zone has no file on a peer, or a file or journal that cannot be read. A reconfig loads from disk alone.',
    remedy: '`rndc sync ZONE`, and see that named may write there.',
  },
  'check.space-free': {
    meaning: 'A disk that is written to is nearly full.',
    remedy: 'Make room; the limit is policy.free-space-min in baton.yaml.',
  },
  'check.files-protected': {
    meaning:
      'Somebody else than root could change what a guard executes or installs as root: a file or folder has the wrong owner or mode.',
    remedy:
      '`baton push`, as root, sets owners and modes right. The guard lets named start as standby until then.',
  },
  'check.folders-writable': {
    meaning:
      "named's user may not write a folder where zones or journals are: updates would fail after the switch.",
    remedy: 'Change its owner or mode; AppArmor and SELinux have rules of their own.',
  },
  'check.clocks-agree': {
    meaning: 'A clock is off by more than the fleet allows; TSIG refuses more than five minutes.',
    remedy: 'Set the clock; the limit is policy.clock-skew-max in baton.yaml.',
  },
  'check.versions-safe': {
    meaning:
      'This release of named may crash on a reconfig while updates arrive. A switchover freezes the active before it is reconfigured; a push does not.',
    remedy: 'Update to 9.18.48, 9.20.22, 9.21.21 or later.',
  },
  'check.versions-alike': {
    meaning: 'The peers run different BIND releases; defaults differ between them.',
    remedy: 'Bring both to one release when you can.',
  },
  'check.transfers-allowed': {
    meaning: "A server refused a transfer to the fleet's key, or did not answer it.",
    remedy: 'See allow-transfer of the zone and of options on that server.',
  },
  'check.formats-alike': {
    meaning: 'The peers would keep a zone in different files or formats, and a promoted zone would not load.',
    remedy: 'Give it one `file` and one `masterfile-format`.',
  },
  'check.signing-keys-equal': {
    meaning:
      'A peer lacks DNSSEC key files the other has: promoted, it would make new keys and the zone would go bogus later.',
    remedy: 'Copy the K* files of the key directory.',
  },
  'check.keys-settled': {
    meaning:
      'A KSK or CSK of a zone is being replaced, or its key files do not say. From BIND 9.20 on a promoted server signs the keys of such a zone with one key only, and not with the one whose DS the parent has: the zone would be bogus. On 9.18 it goes on with both, and is not refused.',
    remedy:
      "Wait until the parent has the new key's DS alone and `rndc dnssec -status ZONE` shows `ds: hidden` for the old key. In a failover end the rollover in the key files by `dnssec-settime`.",
  },
  'check.update-keys-known': {
    meaning: 'Zones take updates by address only; through a standby such updates do not arrive.',
    remedy: 'Give their clients a TSIG key.',
  },
  'check.same-zones': {
    meaning: 'The new active does not have a zone that the old one has.',
    remedy: '`baton push`, and wait for its transfer.',
  },
  'check.catch-up-near': {
    meaning: 'The new active is far behind, so that the write pause would be long.',
    remedy: 'Wait until it has caught up.',
  },
  'check.states-written': {
    meaning: 'A peer has no state file, so its role after a reboot would be a guess.',
    remedy: '`baton push` writes it.',
  },
  'check.marker-signed': {
    meaning: "The marker zone of a peer did not answer a question signed with the fleet's key.",
    remedy:
      'Compare the key on the peer with the one in the fleet folder; `baton diff` shows whether it differs.',
  },
  'check.bystanders-left-out': {
    meaning:
      'A server that is to change its role was left out: it would be neither asked, nor locked, nor told.',
    remedy: 'Leave it out of --without. If it is gone, this is a case for failover.',
  },
  'check.confinement-known': {
    meaning: 'AppArmor or SELinux has rules of its own for named, which owners and modes do not show.',
    remedy: 'See that the folders of zones and journals are among those it may write.',
  },
  'check.disk-current': {
    meaning:
      'The new active serves newer serials than its disk holds, as after a large transfer. The switch waits for the disk.',
    remedy: '`rndc sync ZONE` on that server. If it lasts, see whether named may write there.',
  },
  'check.secondaries-follow': {
    meaning: 'A group of secondaries does not name the new active, so it asks it after all the others.',
    remedy: 'Add it to `follows` of the group in baton.yaml, then `baton push`.',
  },
  'check.secondaries-near': {
    meaning:
      'A secondary is far behind. The switch does not wait for it, but the fleet is not whole until it has caught up.',
    remedy: 'Its log (category xfer-in) says why transfers are slow.',
  },
  'check.statistics-seen': {
    meaning:
      'A server has no statistics channel, so that types and expiry of its zones are not known; serials are, by DNS.',
    remedy: 'Give it `statistics-channels` for this machine, and `statistics` in baton.yaml.',
  },
  'check.versions-known': {
    meaning: 'A server runs a BIND release that is not in the table of zone options.',
    remedy: 'Try the switch in a lab with that release first.',
  },
  'check.zones-all-managed': {
    meaning:
      'The old active is primary for zones that are not in the fleet. They do not change roles, and stay where they are.',
    remedy: 'Add them to the zones of the fleet, if they should.',
  },
  'check.zones-typed': {
    meaning: 'A secondary is primary for a zone of the fleet: it would never hear of the new active.',
    remedy: '`baton diff`, then `rndc reconfig` on that server.',
  },
  'check.peers-found': {
    meaning:
      'A peer does not answer for its marker at the address in baton.yaml, or another server does. The other servers would be sent there for their transfers.',
    remedy: 'Compare `address` and `port` with listen-on of that server, and see that named runs.',
  },
  'check.roles-kept': {
    meaning:
      'A push would turn primary zones of a server into secondary ones, or the other way round. Roles change by a switchover alone.',
    remedy: 'Before a first push `first-active` in baton.yaml must name the peer that is primary now.',
  },
  'check.active-gone': {
    meaning: 'The active answers in some way. A failover beside it would make two actives.',
    remedy: 'Pass the role with `baton switchover`, or stop named on it first.',
  },
  'check.active-unseen': {
    meaning: 'This machine does not reach the active, but another server does: it is alive and takes writes.',
    remedy: 'Run Baton where the active can be reached, or fix its address and ports in baton.yaml.',
  },
  'check.active-fenced': {
    meaning: 'Nobody made sure that the server that is gone takes no more writes.',
    remedy: 'Say how it is fenced with --fenced, or name a program under `fence` in baton.yaml.',
  },
  'check.nobody-active': {
    meaning: 'Another peer is active already, so there is nothing to take over.',
    remedy: 'See `baton status`.',
  },
  'check.copies-left': {
    meaning: 'A zone is loaded on no server that answers: expired everywhere, or lost.',
    remedy:
      '`touch` the zone files on the standby and restart named there: it then serves what it last had. Or start a server that has them.',
  },
  'check.signing-keys-there': {
    meaning: 'The new active has no private key for a zone that it would sign: it would make a new one.',
    remedy: 'Copy the K* files from a backup of the old active, owned by named.',
  },
  'check.survivors-answer': {
    meaning: 'Another server does not answer, so what it alone has cannot be collected.',
    remedy: 'Bring it back first if it may have had something newer; otherwise go on.',
  },
  'check.returning-obeys': {
    meaning:
      'The server that should become a standby serves zones, but takes no orders on its control channel: it can neither be frozen nor reconfigured.',
    remedy: 'Fix the control channel, or stop named there; then order it again.',
  },
  'check.forks-found': {
    meaning:
      'A server does not answer. It may have taken, from the old active, what the new one never had; that is not looked at now.',
    remedy: 'When it is back, `baton verify` names what to transfer anew.',
  },
} as const
