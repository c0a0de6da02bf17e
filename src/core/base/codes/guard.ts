/** Codes of the guard's decisions and troubles; each entry becomes a section of docs/codes.md. */
export const guardCodes = {
  'guard.confirmed': {
    meaning:
      'The server was active, another peer confirms that nobody was promoted since, and it stays active.',
    remedy: 'Nothing is to be done.',
  },
  'guard.was-standby': {
    meaning: 'The server was standby by its own state file, and a standby never promotes itself.',
    remedy: 'If it should be active, `baton switchover` makes it so.',
  },
  'guard.higher-term': {
    meaning:
      'Another server was promoted since: it knows a higher term. This one was deposed and is standby.',
    remedy: 'What it alone held is in `baton/rescue`. See there before you remove it.',
  },
  'guard.rival': {
    meaning:
      'Another peer says that it is active in the same term: somebody has promoted by hand. At its start a server gives way to it; one that runs goes on.',
    remedy: 'Decide which one holds the truth, and make the other standby. `baton status` shows both.',
  },
  'guard.outdated-peer': {
    meaning:
      'The only answer is from a peer that is active in a lower term. It can’t confirm that nobody else was promoted. The server is standby and keeps its zones, with a copy in `baton/rescue`.',
    remedy: 'Make that peer standby; then a switchover makes the right server active.',
  },
  'guard.wrong-key': {
    meaning:
      'A peer answers, but not with a signature of the fleet’s key, so nothing it says counts: it may be active, or not the peer at all.',
    remedy:
      'Compare `baton/shared.conf` and the clocks of the two servers; `baton push` writes the keys anew.',
  },
  'guard.foreign-marker': {
    meaning: 'At the address of a peer a server of another fleet answers.',
    remedy: 'See whether an address was given to another machine, or two fleets share a key.',
  },
  'guard.no-marker': {
    meaning:
      'A peer answers, but its marker is missing or makes no sense. Its role is unknown, so it may be active.',
    remedy: '`baton push` writes the marker anew; the log of that server says why the zone did not load.',
  },
  'guard.nobody-answers': {
    meaning:
      'No other peer answers. Whether somebody was promoted meanwhile can’t be known, so the server is standby. It keeps its zones, and a copy in `baton/rescue`.',
    remedy:
      'Find out whether the others are down or the network is. If they are down and this one was active, `baton failover --from DOWN --to THIS` makes it active again, and nothing is lost.',
  },
  'guard.ordered': {
    meaning:
      'A run of Baton told the server that another peer was promoted. It saved what it held and is standby.',
    remedy: 'What it alone held is in `baton/rescue`. See there before you remove it.',
  },
  'guard.finished': {
    meaning:
      'The server had stepped down, but named did not take the command to read its new configuration. Now it did: it is a standby, and transfers its zones anew.',
    remedy: 'What it alone held is in `baton/rescue`. See there before you remove it.',
  },
  'guard.order-refused': {
    meaning:
      'A server was told to step down, but the term it was told is not above its own, or it has no such zone set.',
    remedy: '`baton status` shows every peer’s term. The peer with the higher one is right.',
  },
  'guard.state-missing': {
    meaning: 'There is no `baton/state`, so the guard knows neither role nor term. The server is standby.',
    remedy: '`baton push` writes it; then make the right server active.',
  },
  'guard.state-empty': {
    meaning: 'The file `baton/state` is empty, as after a full disk or a crash. The server is standby.',
    remedy: '`baton push` writes it; then make the right server active.',
  },
  'guard.state-unreadable': {
    meaning: 'The file `baton/state` can’t be read, or its role or term is unknown. The server is standby.',
    remedy: 'Compare it with the other peers, then `baton push` writes it anew.',
  },
  'guard.state-future': {
    meaning:
      'The file `baton/state` is of a newer version, or its term began in the future: the clock is wrong, or the file is another’s.',
    remedy: 'Set the clock, or push with the version of Baton that wrote the file.',
  },
  'guard.exposed': {
    meaning:
      'A user other than root could change what the guard executes or installs: a file, the folder `baton` or one above it has the wrong owner or mode. Nothing in it is trusted: the server is standby, and the guard gives up root’s rights before it acts.',
    remedy:
      '`baton push` or `baton guard install`, as root, sets owners and modes right; folders above the configuration are yours to set. Then `baton rejoin` settles the role.',
  },
  'guard.rescue-failed': {
    meaning:
      'The journals and zone files of a deposed server could not be saved whole, so nothing was changed and named may not start on them.',
    remedy: 'Make room where `baton/rescue` is, then start named again. See `baton/guard.log`.',
  },
  'guard.not-cleared': {
    meaning:
      'Everything was saved in `baton/rescue`, but the files could not all be removed from where named reads them, or be noted as left there. So named may not start on them.',
    remedy:
      'See that the disk is neither full nor read-only and that root may remove the files; then start named again. Nothing is saved twice.',
  },
  'guard.not-installed': {
    meaning:
      'The standby configuration could not be put in place, so named may not start with the active one.',
    remedy:
      'See that `named.standby.conf` exists and the disk is neither full nor read-only; then start named again.',
  },
  'guard.named-running': {
    meaning: 'The guard was asked to decide before named starts, but named runs: its files may not be moved.',
    remedy: 'Use `guard watch` while named runs.',
  },
  'guard.control-failed': {
    meaning:
      'A server has to step down, but named did not take a command on its control channel, or whether it runs can’t be told.',
    remedy: 'Restart named: the guard makes it standby before it starts.',
  },
  'guard.busy': {
    meaning:
      'Another guard has been at work on the server for a minute, saving files or waiting for named. Two at once would tear what they save.',
    remedy: 'See in `baton/guard.log` what it does, and try again once it has ended.',
  },
  'guard.run-under-way': {
    meaning:
      'A higher term is seen while a run of Baton holds this server, so the run is left to make it standby.',
    remedy: '`baton status` shows the run; `baton resume` ends one that died.',
  },
  'guard.not-a-peer': {
    meaning: 'A server was named that has no guard: it is a secondary, which is never active.',
    remedy: 'Name peers, or no server at all for every peer.',
  },
  'guard.script-missing': {
    meaning: 'There is no `baton/guard` on the peer, so nothing settles its role when it starts.',
    remedy: '`baton push` writes it.',
  },
  'guard.script-different': {
    meaning:
      'The script `baton/guard` on the peer is not that of this Baton: it is older, newer, or changed.',
    remedy: '`baton push` writes it anew.',
  },
  'guard.trial-failed': {
    meaning: 'The guard was asked what it would decide and gave no answer that makes sense.',
    remedy: '`baton push` writes it anew. It needs dig, rndc and tar on the server.',
  },
  'guard.units-missing': {
    meaning: 'On the peer, systemd starts named without running the guard before it.',
    remedy: '`baton guard install` puts the units there.',
  },
  'guard.units-different': {
    meaning: 'The guard’s units are on the peer, and not as they should be, or not all of them.',
    remedy: '`baton guard install --dry-run` shows what they should be; without the flag it writes them.',
  },
  'guard.never-ran': {
    meaning:
      'Nothing says that the guard ever ran on the peer, and systemd is not there to ask what runs it.',
    remedy: '`baton guard install` says what belongs into the script that starts named.',
  },
  'guard.watch-stopped': {
    meaning: 'The guard was called by its timer before, and has not been for minutes.',
    remedy: 'On the server, `systemctl enable --now baton-guard.timer`, or see what cron says.',
  },
  'guard.unit-unknown': {
    meaning: 'The peer runs systemd, but has none of the units by which BIND’s packages start named.',
    remedy: 'Name the unit with --unit.',
  },
  'guard.one-machine': {
    meaning: 'Several peers are on one machine, where the units can start the guard of only one.',
    remedy: 'Name one peer; another needs a folder of units of its own.',
  },
  'guard.may-not-install': {
    meaning: 'Baton’s user may not write to the folder of systemd’s units.',
    remedy: 'Run `baton guard install` as root there, or do by hand what `--dry-run` prints.',
  },
} as const
