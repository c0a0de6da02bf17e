import { STEPS } from '../../src/core/plan/index.ts'
import { tableRow } from './table-row.ts'

const HEAD = `# Steps

What an operation does is a list of steps: \`--dry-run\` prints the steps. The journal of a run records the kind of each, and
\`baton resume\` and \`baton rollback\` follow these steps. Each can be run again after a crash in its middle and ends the
same. An operation is taken back from its last step to its first, until the step that ends the way back.

This page is generated from the source by \`npm run docs\`.

| kind | what it says | once it is done | taken back by | way back |
|---|---|---|---|---|`

/** Stands for whatever a step of any kind has. */
const SAMPLE = {
  ...{ server: 'SERVER', from: 'FROM', to: 'TO', servers: ['SERVERS'], survivors: ['SERVERS'] },
  ...{
    serialStep: 'NUMBER',
    term: 'NUMBER',
    files: ['one', 'another'],
    by: { kind: 'program', program: 'PROGRAM' },
  },
  noted: { peers: ['PEERS'] },
}

type AnyRow = {
  readonly meaning: string
  readonly says: (step: typeof SAMPLE) => string
  readonly undoSays?: (step: typeof SAMPLE) => string | undefined
  readonly noReturn?: string
}

/** The manual's page of steps: a row for each kind. */
export function printSteps(): string {
  const rows = Object.entries(STEPS).map(([kind, row]) => printStep(kind, row as unknown as AnyRow))
  return `${[HEAD, ...rows].join('\n')}\n`
}

function printStep(kind: string, { meaning, says, undoSays, noReturn }: AnyRow): string {
  const wayBack = noReturn === undefined ? '' : `ends once this is ${noReturn}`
  return tableRow([`\`${kind}\``, says(SAMPLE), meaning, undoSays?.(SAMPLE) ?? '', wayBack])
}
