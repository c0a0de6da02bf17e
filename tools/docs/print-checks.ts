import { CHECKS, type Check } from '../../src/core/plan/index.ts'
import { tableRow } from './table-row.ts'

const HEAD = `# Checks

Before Baton changes anything it asks these questions, all of them, so that you see everything at once. \`baton check\` asks
those of a switchover and changes nothing. A *no* stops the operation before its first step; a *warning* is told, and the rest is
yours to decide. **What is not known is a no**: a server that does not answer is never taken for well. One that
is known to be down, and keeps its role, can be left out with \`--without SERVER\`.

Each answer carries the code \`check.NAME\` and says which server or zone it is about, why, and what to do.

This page is generated from the source by \`npm run docs\`.

| check | asked before | question | a no means | what to do |
|---|---|---|---|---|`

const FOOT = `A cause that several checks meet is told once, by the first that asks of it: a server that is down is no reason for twenty
lines.`

/** The manual's page of checks: a row for each, in the order in which they are asked. */
export function printChecks(): string {
  return `${[HEAD, ...CHECKS.map(printCheck)].join('\n')}\n\n${FOOT}\n`
}

function printCheck({ name, question, meaning, remedy, operations, weight }: Check): string {
  const asked = `${operations.join(', ')}${weight === 'warn' ? ' (warns)' : ''}`
  return tableRow([`\`${name}\``, asked, question, meaning, remedy])
}
