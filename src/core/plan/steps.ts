import { countOf } from '../base/index.ts'
import type { FenceNote, Fencing } from './fencing.ts'
import type { FileChange, StagedFile } from './file-change.ts'

/** What a kind of step is: the fields its steps have, and all that is said of them. */
type StepRow<Fields> = {
  /** What is true once it is done, and of whom. */
  readonly meaning: string
  /** A step as one short imperative line, the same before, while and after it runs. */
  readonly says: (step: Fields) => string
  /** What taking it back means; nothing where it needs no taking back. */
  readonly undoSays?: (step: Fields) => string | undefined
  /** The operation can no longer be taken back once a step of this kind has got so far. */
  readonly noReturn?: NoReturn
}

/** How far a step must have got. */
export type NoReturn = 'begun' | 'done'

const row = <Fields>(kind: StepRow<Fields>): StepRow<Fields> => kind

type OnServer = { readonly server: string; readonly set: string }
type WithChanges = { readonly changes: readonly FileChange[] }
type Against = { readonly servers: readonly string[]; readonly to: string; readonly set: string }
type Files = { readonly server: string; readonly files: readonly StagedFile[] }

/**
 * A table of all kinds of steps. Each step can be run again after a crash in its middle and ends the same. The engine has how a kind is
 * run and undone, by the same key.
 */
export const STEPS = {
  settle: row<OnServer>({
    meaning: 'All that the new active holds in memory is on its disk. Updates go on meanwhile.',
    says: ({ server }) => `prove every zone of ${server} on disk`,
  }),
  freeze: row<OnServer & WithChanges>({
    meaning:
      'The old active refuses updates. Its files already say standby, so that a restart cannot make it active again.',
    says: ({ server }) => `freeze ${server}: updates are refused from here`,
    undoSays: ({ server }) => `thaw ${server}`,
  }),
  'catch-up': row<OnServer & { readonly from: string }>({
    meaning:
      'Every serial on the new active equals the frozen one, in memory and on disk, and both have the same DNSSEC keys.',
    says: ({ server, from }) => `let ${server} catch up with ${from}, in memory and on disk`,
  }),
  /** Can be undone until it is done, because the old active is there to go back to. */
  promote: row<OnServer & WithChanges & { readonly from: string }>({
    meaning:
      'The new active has its term and its configuration, every zone is primary there, and it takes updates.',
    says: ({ server }) => `make ${server} active: updates are taken from here`,
    undoSays: ({ server, from }) =>
      `make ${server} standby again, what it took meanwhile carried back to ${from}`,
    noReturn: 'done',
  }),
  demote: row<OnServer & WithChanges & { readonly to: string }>({
    meaning: 'The old active is a standby of the new one.',
    says: ({ server, to }) => `make ${server} standby of ${to}`,
  }),
  announce: row<OnServer & WithChanges>({
    meaning: 'A peer knows the term, and its role in it.',
    says: ({ server }) => `tell ${server} the new term`,
    noReturn: 'begun',
  }),
  probe: row<OnServer & { readonly to: string }>({
    meaning: 'The new active accepted an update that changes nothing, sent to the server that is named.',
    says: ({ server, to }) =>
      server === to ? `see ${to} take an update` : `see an update sent to ${server} arrive at ${to}`,
  }),
  converge: row<Against>({
    meaning: 'Every server has the serials that the new active had when the step began.',
    says: step => `wait until ${othersOf(step)} have every serial`,
  }),
  compare: row<Against>({
    meaning: 'The content of zones is equal, compared by digest (RFC 8976).',
    says: step => `compare content with ${step.to} on ${othersOf(step)}`,
  }),
  fence: row<FenceFields>({
    meaning:
      'A server that cannot be asked is kept from taking writes, by a person’s word or by the fence of the fleet.',
    says: describeFence,
    undoSays: ({ server, noted }) => {
      if (noted?.ends === 'never') return `write down that ${server} belongs to the fleet`
      return noted === undefined ? undefined : `forget that ${server} is fenced`
    },
  }),
  /**
   * For that the new active runs, where there is anything to take, a standby configuration in which the servers that are gone do
   * not occur: nobody waits for them.
   */
  collect: row<OnServer & WithChanges & { readonly survivors: readonly string[] }>({
    meaning: 'The new active has, zone by zone, whatever any survivor had that was newer.',
    says: ({ server, survivors }) =>
      `let ${server} take what is newer on ${survivors.join(', ') || 'nobody else'}`,
    undoSays: ({ server }) => `put the previous configuration back on ${server}`,
  }),
  note: row<NoteFields>({
    meaning:
      'Every peer has a record of the serial at which the new active takes each zone over. Updates that another server accepted after it are found by that later.',
    says: ({ server, from }) => `write down at which serials ${server} takes over from ${from}`,
    undoSays: () => 'remove what was written down',
  }),
  close: row<OnServer & WithChanges>({
    meaning:
      'The new active is primary for its zones and takes no updates but Baton’s. Its marker and state still say standby.',
    says: ({ server }) => `make ${server} primary, closed to updates`,
    undoSays: ({ server }) => `make ${server} standby again`,
  }),
  /** A standby whose serials were raised would refuse what the old active serves when it returns. */
  raise: row<OnServer & { readonly serialStep: number }>({
    meaning:
      'Every dynamic zone of the closed active has a serial that no other server can ever have given out.',
    says: ({ server, serialStep }) => `raise the serial of every dynamic zone on ${server} by ${serialStep}`,
    noReturn: 'begun',
  }),
  /** In a failover nobody is there to go back to: updates that were let in have nowhere else to go. */
  open: row<OnServer & WithChanges>({
    meaning: 'The new active has its term and its real configuration, and takes updates.',
    says: ({ server }) => `make ${server} active: updates are taken from here`,
    noReturn: 'begun',
  }),
  /** A server that rejoins has nothing to go back to but its fork. */
  'step-down': row<StepDownFields>({
    meaning:
      'The guard of a deposed server froze it, saved what it holds in `baton/rescue`, took that out of named’s way, and made it standby in the term of the active, whether named runs there or not.',
    says: ({ server, term }) =>
      `let ${server} save what it holds in baton/rescue and become standby in term ${term}`,
    noReturn: 'begun',
  }),
  return: row<ReturnFields>({
    meaning:
      'named on the server answers, and its marker says standby. Where named does not run, a person starts it; where it runs as active, started with what was there before, it steps down once more.',
    says: ({ server, to }) => `see ${server} answer as standby of ${to}: start its named if it does not run`,
    noReturn: 'begun',
  }),
  heal: row<Against>({
    meaning:
      'Every zone that differed from the active by content was transferred anew, until all were equal.',
    says: ({ servers, to }) =>
      `transfer anew on ${servers.join(', ')} what is not equal to ${to}, until all of it is`,
  }),
  stage: row<Files>({
    meaning:
      'New files lie beside the installed ones on a server, accepted by its named-checkconf, and the old ones are kept.',
    says: ({ server, files }) =>
      `stage ${countOf(files.length, 'file')} on ${server}, checked by its named-checkconf`,
    undoSays: ({ server }) => `remove them from ${server}`,
  }),
  deploy: row<Files>({
    meaning: 'The staged files are installed, named was reconfigured once, and every zone was seen again.',
    says: ({ server }) => `install them on ${server} and reconfigure it`,
    undoSays: ({ server }) => `put the previous files back on ${server} and reconfigure it`,
  }),
  record: row<RecordFields>({
    meaning:
      'A peer knows which folder was pushed and what every server was given: the zones of all, then what speaks of them.',
    says: ({ server }) => `write down on ${server} which fleet folder was pushed`,
    undoSays: ({ server }) => `put back on ${server} the record of the fleet folder pushed before`,
  }),
  inspect: row<{ readonly servers: readonly string[] }>({
    meaning:
      'Every zone of the servers was looked for. Those that are not loaded are told, and taken back by nobody.',
    says: ({ servers }) => `look for every zone on ${servers.join(', ')}`,
  }),
} as const satisfies Readonly<Record<string, unknown>>

type FenceFields = {
  readonly server: string
  readonly by: Fencing
  /** Where it is written down that the server is fenced; nothing in plans of older Batons. */
  readonly noted?: FenceNote | undefined
}

type NoteFields = OnServer & {
  /** The server that is gone. */
  readonly from: string
  /** The term that begins. */
  readonly term: number
  /** Where it is written: the peers that answer. */
  readonly peers: readonly string[]
}

type StepDownFields = OnServer & {
  /** The term that the active is in. */
  readonly term: number
  /** RFC 3339, UTC. */
  readonly since: string
  /** The guard itself and what it reads, as they are to be before it is ordered; nothing in version 1. */
  readonly guard?: readonly FileChange[] | undefined
}

type ReturnFields = OnServer & {
  readonly to: string
  /** The term that the active is in, and since when; RFC 3339, UTC. */
  readonly term: number
  readonly since: string
}

type RecordFields = { readonly server: string; readonly zones: StagedFile; readonly pushed: FileChange }

function othersOf({ servers, to }: Against): string {
  return servers.filter(name => name !== to).join(', ')
}

function describeFence({ server, by, noted }: FenceFields): string {
  if (noted?.ends === 'never')
    return `write down on ${noted.peers.join(', ')} that ${server} is out of the fleet for good`
  switch (by.kind) {
    case 'word': {
      const despite = by.despite === undefined ? '' : `, although somebody ${by.despite} there`
      return `take your word that ${server} takes no writes${despite}: ${by.words}`
    }
    case 'record':
      return `go by the word of ${by.record.by} at ${by.record.recorded} that ${server} takes no writes: ${by.record.words}`
    case 'program':
      return `run ${by.program} ${server}, so that ${server} takes no writes`
  }
}
