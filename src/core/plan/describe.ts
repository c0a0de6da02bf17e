import { countOf, unreachable } from '../base/index.ts'
import type { FenceStep } from './fencing.ts'
import type { Step } from './plan.ts'

/** Whether all that a step did was done on servers that are lost, and is left as it is. */
export function isLeftOut(step: Step | undefined, without: readonly string[]): boolean {
  if (step === undefined || !('server' in step)) return false
  const places = placesOf(step)
  return places.length > 0 && places.every(name => without.includes(name))
}

/** Of a fence and of a fork the peers have a record, and nothing is done on the server that it is about. */
function placesOf(step: Extract<Step, { server: string }>): readonly string[] {
  if (step.kind === 'fence') return step.noted?.peers ?? []
  return step.kind === 'note' ? step.peers : [step.server]
}

/** A step as one short imperative line, the same before, while and after it runs. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case 'settle':
      return `prove every zone of ${step.server} on disk`
    case 'freeze':
      return `freeze ${step.server}: updates are refused from here`
    case 'catch-up':
      return `let ${step.server} catch up with ${step.from}, in memory and on disk`
    case 'promote':
      return `make ${step.server} active: updates are taken from here`
    case 'demote':
      return `make ${step.server} standby of ${step.to}`
    case 'announce':
      return `tell ${step.server} the new term`
    case 'probe':
      if (step.server === step.to) return `see ${step.to} take an update`
      return `see an update sent to ${step.server} arrive at ${step.to}`
    case 'converge':
      return `wait until ${step.servers.filter(name => name !== step.to).join(', ')} have every serial`
    case 'compare':
      return `compare content with ${step.to} on ${step.servers.filter(name => name !== step.to).join(', ')}`
    case 'fence':
      return describeFence(step)
    case 'collect':
      return `let ${step.server} take what is newer on ${step.survivors.join(', ') || 'nobody else'}`
    case 'note':
      return `write down at which serials ${step.server} takes over from ${step.from}`
    case 'close':
      return `make ${step.server} primary, closed to updates`
    case 'raise':
      return `raise the serial of every dynamic zone on ${step.server} by ${step.serialStep}`
    case 'open':
      return `make ${step.server} active: updates are taken from here`
    case 'step-down':
      return `let ${step.server} save what it holds in baton/rescue and become standby in term ${step.term}`
    case 'return':
      return `see ${step.server} answer as standby of ${step.to}: start its named if it does not run`
    case 'heal':
      return `transfer anew on ${step.servers.join(', ')} what is not equal to ${step.to}, until all of it is`
    case 'stage':
      return `stage ${countOf(step.files.length, 'file')} on ${step.server}, checked by its named-checkconf`
    case 'deploy':
      return `install them on ${step.server} and reconfigure it`
    case 'record':
      return `write down on ${step.server} which fleet folder was pushed`
    case 'inspect':
      return `look for every zone on ${step.servers.join(', ')}`
    default:
      return unreachable(step)
  }
}

function describeFence({ server, by, noted }: FenceStep): string {
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

/** What taking a step back means, or nothing where it needs no taking back. */
export function describeUndo(step: Step): string | undefined {
  switch (step.kind) {
    case 'freeze':
      return `thaw ${step.server}`
    case 'promote':
      return `make ${step.server} standby again, what it took meanwhile carried back to ${step.from}`
    case 'collect':
      return `put the configuration of before back on ${step.server}`
    case 'note':
      return 'remove what was written down'
    case 'close':
      return `make ${step.server} standby again`
    case 'stage':
      return `remove them from ${step.server}`
    case 'deploy':
      return `put the files of before back on ${step.server} and reconfigure it`
    case 'record':
      return `write down on ${step.server} again which one was before`
    case 'fence':
      if (step.noted?.ends === 'never') return `write down that ${step.server} belongs to the fleet`
      return step.noted === undefined ? undefined : `forget that ${step.server} is fenced`
    case 'raise':
    case 'open':
    case 'settle':
    case 'catch-up':
    case 'demote':
    case 'announce':
    case 'probe':
    case 'converge':
    case 'compare':
    case 'inspect':
    case 'step-down':
    case 'return':
    case 'heal':
      return undefined
    default:
      return unreachable(step)
  }
}
