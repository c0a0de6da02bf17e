export type {
  CheckDocument,
  CheckStatus,
  CodesDocument,
  DemoDocument,
  DiffDocument,
  Document,
  ErrorDocument,
  FileDifference,
  ForkedZone,
  LossesStatus,
  LostZone,
  PlanDocument,
  RenderDocument,
  RunDocument,
  ServerStatus,
  SetStatus,
  StatusDocument,
  VerdictStatus,
} from './documents.ts'
export type {
  GuardDecision,
  GuardFinding,
  GuardInstallation,
  GuardInstallDocument,
  GuardStatus,
  GuardStatusDocument,
  GuardTestDocument,
  GuardTrial,
} from './guard.ts'
export type { HistoryDocument, HistoryRun } from './history.ts'
export type { LabDocument, LabServerStatus } from './lab.ts'
export type { OperationWord } from './operation-word.ts'
export type {
  DiscardDocument,
  OrphanStatus,
  ReplayDocument,
  ReplayedOrphan,
  ReplayOutcomeWord,
  RescueDocument,
  RescuedZoneStatus,
  RescueScript,
  RescueState,
  RescueStatus,
  RescuesDocument,
} from './rescue.ts'
export type { UnfinishedDocument, UnfinishedRun, UnfinishedStep } from './unfinished.ts'
export type { ServerVerification, UnknownContent, VerifyDocument, ZoneDifference } from './verify.ts'
