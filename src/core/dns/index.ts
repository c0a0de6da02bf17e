export { FrameReader, frameMessage } from './frames.ts'
export {
  FLAGS_NONE,
  type Message,
  type MessageFlags,
  type Question,
  type ResourceRecord,
} from './message.ts'
export { type Query, writeQuery } from './query.ts'
export { type Rcode, rcodeFrom } from './rcode.ts'
export { readMessage } from './read-message.ts'
export { canonicalRdata } from './records/canonical-rdata.ts'
export { printRdata } from './records/print-rdata.ts'
export { readSoaSerial, readTxt, writeIpv4, writeTxt } from './records/rdata.ts'
export type { RecordClass } from './records/record-class.ts'
export { diffRecords, printRecord, type RecordDifference } from './records/record-difference.ts'
export { type RecordPlace, recordAt } from './records/record-place.ts'
export { printRecordType, RECORD_TYPES, type RecordType } from './records/record-type.ts'
export { readSoa, type Soa, withSerial } from './records/soa.ts'
export { ZoneDigest, type ZoneDigestProblem } from './records/zone-digest.ts'
export { offersRecursion, readSerialAnswer, type SerialProblem } from './serial-answer.ts'
export {
  TsigConversation,
  type TsigProblem,
  type TsigProblemKind,
  UNSIGNED_MESSAGES_MAX,
} from './signatures/tsig-conversation.ts'
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
export { type Change, type Prerequisite, prerequisiteOnlyUpdate, type Update, writeUpdate } from './update.ts'
export type { WireProblem } from './wire-problem.ts'
export { WireReader } from './wire-reader.ts'
export { writeMessage } from './write-message.ts'
