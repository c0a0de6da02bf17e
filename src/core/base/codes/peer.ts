/** Codes of the removal of a peer; each entry becomes a section of docs/codes.md. */
export const peerCodes = {
  'peer.no-peer': {
    meaning:
      'Only a peer is removed by a command: a secondary never takes writes, so nobody has to remember it.',
    remedy: 'Take a secondary out of baton.yaml, then `baton push`.',
  },
  'peer.answers': {
    meaning: 'A server that is to be removed for good answers, or it cannot be told whether it does.',
    remedy:
      'Stop its named. To take a server that is well out of the fleet, take it out of baton.yaml, and push. If somebody else answers at its address: --despite-answer NAME.',
  },
  'peer.may-be-active': {
    meaning:
      'A server that is to be removed for good is the active, or may be: no other peer is seen to be active.',
    remedy: 'Pass the role on first: `baton failover --fenced NAME="…"`, or `baton switchover`.',
  },
  'peer.too-few-left': {
    meaning: 'Without the servers that are to be removed nobody would be left who could take over.',
    remedy:
      'Put a new peer, under a name of its own, in its place in baton.yaml; `baton push` needs no dead server then.',
  },
  'peer.run-unfinished': {
    meaning: 'A run holds the fleet, and what it goes by would be changed.',
    remedy:
      'End it first: `baton resume --fenced NAME="…"` goes on without a dead peer, `baton rollback --without NAME` takes back a push, a rejoin, or a switchover whose promotion had not begun, and `baton failover` leads on where the active is lost.',
  },
} as const
