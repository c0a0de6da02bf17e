export { canonicalRdata } from './canonical-rdata.ts'
export { FrameReader, frameMessage } from './frames.ts'
export {
  FLAGS_NONE,
  type Message,
  type MessageFlags,
  type Question,
  type ResourceRecord,
} from './message.ts'
export { printRdata } from './print-rdata.ts'
export { type Query, writeQuery } from './query.ts'
export { type Rcode, rcodeFrom } from './rcode.ts'
export { readSoaSerial, readTxt, writeIpv4, writeTxt } from './rdata.ts'
export { readMessage } from './read-message.ts'
export type { RecordClass } from './record-class.ts'
export { diffRecords, printRecord, type RecordDifference } from './record-difference.ts'
export { type RecordPlace, recordAt } from './record-place.ts'
export { printRecordType, RECORD_TYPES, type RecordType } from './record-type.ts'
export { offersRecursion, readSerialAnswer, type SerialProblem } from './serial-answer.ts'
export { readSoa, type Soa, withSerial } from './soa.ts'
export {
  type Transfer,
  type TransferFault,
  type TransferPart,
  type TransferProblem,
  TransferReader,
  type TransferRequest,
  type TransferSink,
} from './transfer-reader.ts'
export { writeTransferRequest } from './transfer-request.ts'
export {
  TsigConversation,
  type TsigProblem,
  type TsigProblemKind,
  UNSIGNED_MESSAGES_MAX,
} from './tsig-conversation.ts'
export { type Change, type Prerequisite, prerequisiteOnlyUpdate, type Update, writeUpdate } from './update.ts'
export type { WireProblem } from './wire-problem.ts'
export { WireReader } from './wire-reader.ts'
export { writeMessage } from './write-message.ts'
export { ZoneDigest, type ZoneDigestProblem } from './zone-digest.ts'
