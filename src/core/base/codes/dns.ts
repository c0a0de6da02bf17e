/** Codes of everything that can be said about what DNS servers answer; each entry becomes a section of docs/codes.md. */
export const dnsCodes = {
  'dns.malformed': {
    meaning: 'A server sent bytes that are no DNS message, or not the message that was asked for.',
    remedy:
      'See what listens on that address and port; something other than named may, or a middlebox changes DNS.',
  },
  'dns.too-large': {
    meaning: 'What was to be sent does not fit into one DNS message of 65,535 bytes, so nothing was sent.',
    remedy: 'Split the update into smaller ones.',
  },
  'dns.rcode': {
    meaning: 'The server answered the question with an error: REFUSED, SERVFAIL, NOTAUTH or another code.',
    remedy:
      'REFUSED: look at allow-query, allow-transfer and the key. SERVFAIL: the zone is not loaded or has expired; rndc zonestatus and the log say why. NOTAUTH: the server does not have the zone.',
  },
  'dns.not-authoritative': {
    meaning: 'The server answered, but not as one that has the zone: the AA bit is missing.',
    remedy: 'Compare the zones of its configuration with baton.yaml; baton diff shows the difference.',
  },
  'dns.no-data': {
    meaning: 'The server is authoritative, but has no record of the type that was asked for under that name.',
    remedy: 'Look at the zone on that server with dig; for a marker zone, baton push writes it anew.',
  },
  'dns.transfer-broken': {
    meaning: 'A zone transfer did not begin with the SOA of the zone, or did not go on as the protocol says.',
    remedy: 'Repeat it; when it stays so, compare with dig axfr and look at the log of the server.',
  },
  'dns.transfer-too-large': {
    meaning: 'A zone transfer was given up because it is larger than the limit.',
    remedy: 'Raise the limit, or leave the zone out of the comparison.',
  },
  'dns.tsig-server-bad-key': {
    meaning: 'The server does not know the key that the request was signed with (BADKEY).',
    remedy:
      'Compare the key statements: name, algorithm and secret must be the same on the server and on this machine.',
  },
  'dns.tsig-server-bad-signature': {
    meaning: 'The server knows a key of that name, but its secret is another one (BADSIG).',
    remedy:
      'Compare the secrets of the key on the server and here; after a change the server needs rndc reconfig.',
  },
  'dns.tsig-server-bad-time': {
    meaning: 'The clocks of the server and of this machine are too far apart for signed messages (BADTIME).',
    remedy: 'Set the clocks: timedatectl shows whether they are synchronised. 300 seconds are tolerated.',
  },
  'dns.tsig-server-bad-truncation': {
    meaning: 'The server asks for a longer signature than it was given (BADTRUNC).',
    remedy: 'Remove the number of bits from the algorithm in the key statement of the server.',
  },
  'dns.tsig-server-other-error': {
    meaning: 'The server refused the signature of the request with an error that has no name here.',
    remedy: 'The log of the server says more, in the category security.',
  },
  'dns.tsig-reply-unsigned': {
    meaning: 'The request was signed but the answer was not, so it could come from anybody and was not used.',
    remedy:
      'Find out what is between: a forwarder or a middlebox may strip signatures. Try with dig -k on the server itself.',
  },
  'dns.tsig-reply-other-key': {
    meaning: 'The answer was signed with another key or algorithm than the request, and was not used.',
    remedy: 'Make sure that the address belongs to the server that is meant.',
  },
  'dns.tsig-reply-bad-signature': {
    meaning:
      'The signature of the answer is wrong: it was changed on the way or made with another secret. It was not used.',
    remedy: 'Look for a middlebox that changes DNS messages, and for another server on the same address.',
  },
  'dns.tsig-reply-bad-time': {
    meaning: 'The answer was signed at a time too far from the clock of this machine, and was not used.',
    remedy: 'Set the clocks: timedatectl shows whether they are synchronised. 300 seconds are tolerated.',
  },
  'dns.tsig-reply-bad-truncation': {
    meaning: 'The signature of the answer is shorter than its algorithm makes it, and was not accepted.',
    remedy: 'Remove the number of bits from the algorithm in the key statement of the server.',
  },
  'dns.tsig-reply-malformed': {
    meaning: 'The answer to a signed request is no DNS message with a signature at its end.',
    remedy:
      'See what listens on that address and port; something other than named may, or a middlebox changes DNS.',
  },
} as const
