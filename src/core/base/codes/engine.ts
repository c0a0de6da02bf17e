/** Codes of operations under way; each entry becomes a section of docs/codes.md. */
export const engineCodes = {
  'engine.locked': {
    meaning: 'Another operation holds the fleet: one at a time, so that no two persons promote two servers.',
    remedy: 'If it still runs, wait. If it died: `baton resume` finishes it, `baton rollback` takes it back.',
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
} as const
