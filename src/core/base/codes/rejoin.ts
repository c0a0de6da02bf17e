/** Codes of a rejoin, and of two actives being resolved; each entry becomes a section of docs/codes.md. */
export const rejoinCodes = {
  'rejoin.not-a-peer': {
    meaning:
      'The server is a secondary, or does not hold the zone set. Only a peer that was active can rejoin.',
    remedy:
      'A secondary that holds something else is healed with `rndc retransfer ZONE`; `baton verify` names it.',
  },
  'rejoin.is-active': {
    meaning: 'The server that should rejoin is the only active one, so there is nobody to be a standby of.',
    remedy: 'To give its role away: `baton switchover`.',
  },
  'rejoin.two-actives': {
    meaning:
      'The server that should rejoin runs as active beside another one, and both may take updates. Which of them holds the truth is for a person to say.',
    remedy: 'Say which one stays active: `baton resolve --keep SERVER`.',
  },
  'rejoin.no-active': {
    meaning: 'No active answers, so there is nobody whose content a returning server could take.',
    remedy:
      'Bring the active back. If it is gone for good, `baton failover` makes a standby active; then the rejoin can be ordered again.',
  },
  'rejoin.lower-term': {
    meaning:
      'Of two actives the one to be kept has the lower term: it was deposed, and guards take the other for right.',
    remedy: 'Keep the one with the higher term; or, if you know why not, insist with --despite-term.',
  },
  'rejoin.guard-failed': {
    meaning:
      'The guard of the server did not carry out the order to step down. What it says comes with the failure; it changes nothing before everything is saved.',
    remedy: 'Fix what it says (see `baton/guard.log` on the server), then `baton resume`.',
  },
  'rejoin.not-returned': {
    meaning: 'named on the server does not answer as a standby. The server is prepared for its start.',
    remedy: 'Start named there, then `baton resume`.',
  },
} as const
