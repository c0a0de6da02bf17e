export { type Break, SERVER_BREAKS, type ServerBreakKind, ZONE_BREAKS, type ZoneBreakKind } from './break.ts'
export { breakLab, mendLab } from './break-lab.ts'
export { createLab, type LabOptions, startLab } from './create.ts'
export type { LongestGap } from './gap.ts'
export { labFleet } from './install.ts'
export { type LabKeyName, readLabKey } from './keys.ts'
export { type LabPaths, type LabServerPaths, labPaths, labServerPaths } from './layout.ts'
export { type LabServerStatus, type LabStatus, listLab } from './list.ts'
export { findMissing, type MissingUpdate } from './missing.ts'
export { type LabGroup, type LabPlan, PLAN_DEFAULT } from './plan.ts'
export { findPorts } from './ports.ts'
export type { ProcessIdentity, ProcessState } from './process.ts'
export { type Querier, type QuerierOptions, type QuerierReport, startQuerier } from './querier.ts'
export type { Readiness } from './ready.ts'
export { findLabServer as findServer, type Lab, type LabServer, openLab } from './record.ts'
export { startServer } from './start.ts'
export { killServer, stopLab, stopServer } from './stop.ts'
export type { AcknowledgedUpdate, LabUpdate, PendingUpdate } from './update.ts'
export {
  startWriter,
  type Writer,
  type WriterOptions,
  type WriterProgress,
  type WriterReport,
} from './writer.ts'
export { type LabZone, labZones } from './zones.ts'
