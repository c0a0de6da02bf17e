export { readAddress } from './address.ts'
export {
  NAME_LENGTH_MAX,
  NAME_PATTERN,
  NAME_RULE,
  readDestination,
  readPath,
  readServerFolder,
  readUser,
} from './name.ts'
export { DURATION_PATTERN, readBytes, readSeconds, SIZE_PATTERN } from './quantity.ts'
