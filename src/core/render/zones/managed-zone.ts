import { type DomainName, parseDomainName } from '../../base/index.ts'
import type { Fleet } from '../../fleet/index.ts'
import { blockOf, keywordOf, type Statement, valueIn, valuesOf } from '../../namedconf/index.ts'
import { isOwnList } from '../base/server-lists.ts'
import { readSource, type SourceText, statementsIn } from '../base/source-texts.ts'
import type { Findings } from '../findings.ts'
import type { Sources } from '../rendered.ts'

/** A zone block as the operator wrote it, for the active peer. */
export type ManagedZone = {
  readonly name: DomainName
  readonly statement: Statement
  /** What stands between its braces. */
  readonly options: readonly Statement[]
}

/** The zones of one set in one view, and the text they stand in. */
export type ManagedPart = {
  readonly set: string
  readonly view: string | undefined
  readonly source: SourceText
  /** In the order of the text; those that can't be managed are left out, and reported. */
  readonly zones: readonly ManagedZone[]
}

/** Reads all the zone blocks of a fleet. */
export function readParts(fleet: Fleet, sources: Sources, findings: Findings): readonly ManagedPart[] {
  return fleet.zoneSets.flatMap(set =>
    set.zones.map(({ view, file }) => {
      const source = readSource(file, sources, { findings, unread: 'refused' })
      return { set: set.name, view, source, zones: readZones(source, findings) }
    }),
  )
}

function readZones(source: SourceText, findings: Findings): readonly ManagedZone[] {
  const zones: ManagedZone[] = []
  for (const statement of statementsIn(source)) {
    const keyword = keywordOf(statement)
    if (keyword === 'zone') {
      const zone = readZone(statement, findings)
      if (zone !== undefined) zones.push(zone)
    } else if (keyword !== 'include') {
      findings.error(statement, {
        code: 'render.stray-statement',
        message: `"${keyword ?? ''}" is no zone block.`,
        remedy:
          keyword === 'template'
            ? 'Write the zones out: their role must show in every block.'
            : 'Move it to the shared file, or to the base of the servers that need it.',
      })
    }
  }
  return zones
}

function readZone(statement: Statement, findings: Findings): ManagedZone | undefined {
  const [text = '', zoneClass = 'IN'] = valuesOf(statement)
  const name = parseDomainName(text)
  const block = blockOf(statement)
  if (!name.ok || block === undefined || !block.closed) {
    findings.error(statement, {
      code: 'render.zone-name',
      message: name.ok ? `The zone "${text}" has no braces.` : `"${text}" is no domain name: ${name.error}.`,
      remedy: 'Write the zone as named reads it: zone "example.org" { … };',
    })
    return undefined
  }
  if (zoneClass.toLowerCase() !== 'in') {
    findings.error(statement, {
      code: 'render.zone-class',
      message: `The zone "${text}" is of class "${zoneClass}".`,
      remedy: 'Move the zone to the base of the servers that have it.',
    })
  }
  return { name: name.value, statement, options: block.statements }
}

/** Zone options that take a zone out of its own file, or its text from elsewhere. */
const UNSUPPORTED = ['in-view', 'dlz', 'database', 'template', 'include']

/** What is wrong with a block whatever the release, as far as the block alone tells. */
export function checkZone(zone: ManagedZone, findings: Findings): void {
  const type = valueIn(zone.options, 'type')?.toLowerCase() ?? ''
  const unsupported = zone.options.find(option => UNSUPPORTED.includes(keywordOf(option) ?? ''))
  if (unsupported !== undefined) {
    findings.error(unsupported, {
      code: 'render.option-unsupported',
      message: `The zone "${zone.name}" uses "${keywordOf(unsupported)}", which Baton cannot carry from role to role.`,
      remedy: 'Write the block without it, or take the zone out of the zones that Baton manages.',
    })
    return
  }
  if (type !== 'primary' && type !== 'master') {
    findings.error(zone.statement, {
      code: 'render.zone-type',
      message: `The zone "${zone.name}" is of type "${type}", not primary.`,
      remedy:
        'Write the zone as it is on the active server, or move it to the base of the servers that have it.',
    })
  }
  const file = valueIn(zone.options, 'file')
  if (file === undefined) {
    findings.error(zone.statement, {
      code: 'render.zone-without-file',
      message: `The zone "${zone.name}" names no file. Zones that aren't kept in files can't take part.`,
      remedy: 'Give the zone a file of its own, or take it out of the zones that Baton manages.',
    })
  } else if (/\$(name|type|view)/.test(file)) {
    findings.error(zone.statement, {
      code: 'render.file-template',
      message: `The file "${file}" of the zone "${zone.name}" changes its name with the zone's type.`,
      remedy: 'Write the name of the file out.',
    })
  }
  checkAddresses(zone, findings)
}

const SOURCE_ADDRESSES = ['notify-source', 'notify-source-v6', 'parental-source', 'parental-source-v6']

function checkAddresses(zone: ManagedZone, findings: Findings): void {
  for (const option of zone.options) {
    const keyword = keywordOf(option) ?? ''
    const address = SOURCE_ADDRESSES.includes(keyword) ? valuesOf(option)[0] : undefined
    if (address === undefined || address === '*') continue
    findings.warn(option, {
      code: 'render.server-address',
      message: `"${keyword} ${address}" in the zone "${zone.name}" is written on every server.`,
      remedy: "Set the source address in the options of each server's base.",
    })
  }
}

/** Whether a statement defines a list under one of Baton's names. */
export function takesListName(statement: Statement): boolean {
  const keyword = keywordOf(statement) ?? ''
  const [name] = valuesOf(statement)
  return (
    ['primaries', 'masters', 'remote-servers', 'parental-agents'].includes(keyword) &&
    name !== undefined &&
    isOwnList(name)
  )
}
