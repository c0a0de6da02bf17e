export type { Clock, Instant } from './clock.ts'
export { CODES, type Code, type CodeEntry, type ListedCode } from './codes/index.ts'
export { countOf } from './count-of.ts'
export {
  type DomainName,
  type DomainNameProblem,
  labelsOf,
  nameFromLabels,
  parseDomainName,
} from './domain-name.ts'
export { firstFew, listFew } from './few.ts'
export { renderFrame } from './frame.ts'
export { Defect, invariant, unreachable } from './invariant.ts'
export { isObject, parseJson, parseObject } from './json.ts'
export { absolutePath, joinPath } from './path.ts'
export {
  type Diagnostic,
  type Failure,
  failure,
  type Place,
  type Problem,
  type Refusal,
  refuse,
} from './problem.ts'
export { fail, ok, type Result } from './result.ts'
export { advanceSerial, compareSerials, type Serial, type SerialOrder, serialFrom } from './serial.ts'
export { KEY_ALGORITHMS, type KeyAlgorithm, SharedKey } from './shared-key.ts'
export { VERSION } from './version.ts'
