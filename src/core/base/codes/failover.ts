/** Codes of a failover; each entry becomes a section of docs/codes.md. */
export const failoverCodes = {
  'failover.push-in-middle': {
    meaning:
      'An unfinished push stopped among the files of the server that is to take over, so that no configuration of its own is whole there.',
    remedy:
      'Take the push back first: `baton rollback --without NAME`, with the server that is gone. Or name another server with --to.',
  },
  'failover.active-unclear': {
    meaning: 'It is not clear which server is gone: no peer that can be asked knows who was active.',
    remedy: 'Name it with --from: the server that took the writes until now.',
  },
  'failover.switchover-in-middle': {
    meaning:
      'A switchover was in its middle when a server was lost, so it is known who is gone and who alone may have what was acknowledged.',
    remedy: 'Leave --from and --to out, or name the servers that it says.',
  },
  'failover.nobody-left': {
    meaning: 'No other peer answers, so nobody can take over.',
    remedy:
      'Start named on a peer, best on the one that was active last. Then `baton status`: if nobody is active, order the failover again.',
  },
  'failover.fence-failed': {
    meaning:
      'The program that should fence the server that is gone did not exit with 0, so it may still run.',
    remedy:
      'Run it by hand and fix what it says, or make sure yourself that the server takes no writes and order the failover with --fenced.',
  },
  'failover.active-answers': {
    meaning:
      'The server that should be fenced answers: when it is fenced, or later, when an unfinished run is resumed.',
    remedy:
      'If it is well, switch over with `baton switchover`; otherwise stop it, then order the failover again, or `baton resume`.',
  },
  'failover.fence-unclear': {
    meaning:
      'A file in `baton/fenced` on a peer is no record of a fence, or was written by a newer Baton. It fences nobody: its server is asked like any other.',
    remedy:
      'Move the file away. If the server that it is named after takes no writes, say so with --fenced NAME="…".',
  },
  'failover.not-collected': {
    meaning: 'The new active could not take what another server has that is newer, within the time for it.',
    remedy:
      'See its log (category xfer-in). If that server cannot give it any more, leave it out with --without, and with it what it alone has.',
  },
  'failover.serials-not-raised': {
    meaning:
      'No serial could be raised, so writes stay closed: a full disk or a folder that named may not write.',
    remedy: "See named's log on the new active (category update), fix it, then `baton resume`.",
  },
} as const
