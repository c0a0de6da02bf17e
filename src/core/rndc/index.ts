export {
  type ControlCommand,
  onlyLooks,
  printCommand,
  type ServerCommand,
  type ZoneCommand,
  type ZoneReference,
  type ZoneVerb,
} from './command.ts'
export { MESSAGE_BYTES_MAX } from './frames.ts'
export { type MessageProblem, openMessage, signMessage } from './message.ts'
export {
  CLOCK_SKEW_MAX_S,
  type ControlReply,
  ControlSession,
  ORDER_LATE_MAX_MS,
  type SessionEvent,
  type SessionProblem,
  type SessionStart,
  type SessionState,
} from './session.ts'
export { parseStatus, type ServerStatus } from './status.ts'
export { decodeTable, encodeTable, type Table, type TableProblem, type Value } from './table.ts'
export { parseZoneStatus, type ZoneStatus, type ZoneStatusProblem } from './zone-status.ts'
