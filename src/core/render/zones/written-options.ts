import { keywordOf, readBoolean, type Statement, valuesOf } from '../../namedconf/index.ts'
import type { ManagedZone } from './managed-zone.ts'
import { isAllowed, isKnownOption, standingOfOption } from './option-standing.ts'
import type { ZoneContext } from './zone-context.ts'

/**
 * The options of a block that the release still knows. What it does not know any more is left out with a warning;
 * what no release knows, and what named refuses in a primary zone, is an error.
 */
export function livingOptions(zone: ManagedZone, context: ZoneContext): readonly Statement[] {
  return zone.options.filter(option => isLiving(option, zone, context))
}

function isLiving(option: Statement, zone: ManagedZone, { release, findings }: ZoneContext): boolean {
  const keyword = keywordOf(option) ?? ''
  if (keyword === 'type') return true
  const name = keyword === 'masters' ? 'primaries' : keyword
  const standing = standingOfOption(name, release)
  if (isAllowed(standing, 'primary')) return true
  if (!isKnownOption(name)) {
    findings.error(option, {
      code: 'render.option-unknown',
      message: `"${keyword}" is no option of a zone.`,
      remedy: 'Correct the spelling, or move the option to where named reads it.',
    })
  } else if (standing === 'obsolete' || standing === 'unknown') {
    findings.warn(option, {
      code: 'render.option-obsolete',
      message: `BIND ${release} does not use "${keyword}", which is left out of the zone "${zone.name}" there.`,
      remedy: 'Remove the option, or say in the fleet that the server runs another release.',
    })
  } else {
    findings.error(option, {
      code: 'render.option-misplaced',
      message: `named refuses "${keyword}" in a primary zone, as "${zone.name}" is.`,
      remedy: 'Remove the option; Baton writes what the other roles need.',
    })
  }
  return false
}

/** What the options of a zone say that works in named and yet not in a fleet. */
export function checkOptions(zone: ManagedZone, context: ZoneContext): void {
  for (const option of zone.options) {
    const keyword = keywordOf(option)
    if (keyword === 'notify' && isOff(valuesOf(option)[0])) {
      context.findings.warn(option, {
        code: 'render.notify-off',
        message: `The zone "${zone.name}" tells nobody of its changes.`,
        remedy: 'Remove the option, or set it to explicit: then only the servers of the fleet are told.',
      })
    }
    if (keyword === 'allow-transfer' && valuesOf(option).length > 0) {
      context.findings.error(option, {
        code: 'render.transfer-transport',
        message: `The zone "${zone.name}" allows transfers over "${valuesOf(option).join(' ')}" alone.`,
        remedy: 'Remove port and transport from allow-transfer.',
      })
    }
  }
}

/** Whether a boolean option is off. */
export function isOff(value: string | undefined): boolean {
  return value !== undefined && readBoolean(value) === false
}
