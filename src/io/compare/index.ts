export {
  type ContentComparison,
  type ContentDifference,
  type ContentPair,
  type ContentQuestion,
  compareContent,
} from './compare-content.ts'
export { compareRecords } from './compare-records.ts'
export { findDifferences } from './find-differences.ts'
