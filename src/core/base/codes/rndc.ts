/** Codes of everything that can be said about rndc; each entry becomes a section of docs/codes.md. */
export const rndcCodes = {
  'rndc.cannot-connect': {
    meaning: 'Nothing accepted a connection at the address and port of the control channel.',
    remedy:
      'Look whether named is running there, whether its "controls" statement names this address and port, and whether a firewall is in between.',
  },
  'rndc.not-accepted': {
    meaning:
      'The server closed the control connection without a word after the greeting. It does so when the key has another secret, algorithm or is not in its "controls" statement, when the two clocks differ by more than 300 seconds, and when the statement\'s "allow" leaves this machine out. A server that is just ending does so too.',
    remedy:
      'Compare the key with the one in the server\'s "controls" statement, compare the clocks, and look into named\'s log: it says which of them it was.',
  },
  'rndc.untrusted-answer': {
    meaning:
      'An answer came on the control channel that named can not have sent to this command: its signature, serial or nonce is wrong, or it is no control message at all. It was thrown away, and the connection closed.',
    remedy:
      'Look what listens on that port, and whether something on the way changes the traffic. Then ask again.',
  },
  'rndc.clock-skew': {
    meaning:
      "The server's clock and this machine's differ so much that its answers can't be told from old ones.",
    remedy: 'Set both clocks (chrony or ntpd), then ask again.',
  },
  'rndc.closed': {
    meaning:
      'The server closed the control connection while a command was under way. Whether the command was carried out is not known.',
    remedy:
      "Look whether named is still running, and at the server's status, before you give the command again.",
  },
  'rndc.deadline': {
    meaning: 'No answer came on the control channel in time. The command may still be carried out.',
    remedy:
      'The server answers one command after another: look what keeps it busy (a large reconfiguration, another sync), then look at the status before you give the command again.',
  },
  'rndc.too-many-waiting': {
    meaning: 'More commands were given to one control connection than may wait for their turn.',
    remedy: 'Give fewer at once.',
  },
  'rndc.connection-ended': {
    meaning: 'A command was given to a control connection that Baton had already ended.',
    remedy: 'Open a new connection.',
  },
  'rndc.zone-unknown': {
    meaning: 'The server holds no zone of this name, or not in the view that was named.',
    remedy:
      'Look whether the zone is in the configuration that is installed, and whether named took that configuration.',
  },
  'rndc.zone-ambiguous': {
    meaning: 'Several views of the server hold a zone of this name, and the command names none of them.',
    remedy: 'Name the view.',
  },
  'rndc.zone-not-loaded': {
    meaning: 'The server holds the zone, but has no content for it: it answers SERVFAIL.',
    remedy:
      "Look into named's log for the zone's name: a file that is missing or unreadable, a journal that does not fit it, or no primary that could be reached.",
  },
  'rndc.zone-not-primary': {
    meaning: 'The command is for a primary zone, and the zone is not primary on this server.',
    remedy: 'Give the command to the active server.',
  },
  'rndc.zone-frozen': {
    meaning: 'The zone is frozen already; updates to it are refused.',
    remedy: 'Ask who froze it. `rndc thaw ZONE` opens it, once named has written its file.',
  },
  'rndc.configuration-refused': {
    meaning:
      'named was told to read its configuration, and refused it; it goes on with the one before. named-checkconf does not find everything that named does, an access list that nobody defined for one.',
    remedy: "named's log on that server says which statement it is.",
  },
  'rndc.command-failed': {
    meaning: 'The server took the command and answered that it did not succeed.',
    remedy: "Read named's own words in the message, and its log at that moment.",
  },
  'rndc.unreadable-answer': {
    meaning: 'The server answered in words that Baton does not understand.',
    remedy: 'Look whether this is a release of BIND that Baton knows, and report the answer otherwise.',
  },
} as const
