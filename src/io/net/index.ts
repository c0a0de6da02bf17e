export type { ControlTarget } from './control-target.ts'
export { type Answer, DnsClient, type ExchangeOptions, type Transport } from './dns-client.ts'
export { type Endpoint, printEndpoint } from './endpoint.ts'
export { type Knock, knockByDatagram, knockByStream } from './knock.ts'
export { queryRecords, querySoa, queryTxt, type RecordsAnswer } from './query-records.ts'
export { type BulkQueryOptions, querySerials } from './query-serials.ts'
export { querySoas, type SoaAnswer } from './query-soas.ts'
export { type RaiseOptions, raiseSerials } from './raise-serials.ts'
export {
  COMMANDS_WAITING_MAX,
  type Control,
  type ControlAnswer,
  type ControlConnection,
  type ControlOptions,
  openControl,
} from './rndc.ts'
export { sendUpdate, type UpdateOutcome } from './send-update.ts'
export { ServedZones } from './served-zones.ts'
export { fetchZoneStatistics, type StatisticsOptions } from './statistics.ts'
export { transferRecords, type ZoneRecords } from './transfer-records.ts'
export { type TransferOptions, transferZones, type ZoneContent } from './transfer-zones.ts'
export { ZoneNames } from './zone-names.ts'
export type { ServedZone, ZoneStatistics } from './zone-statistics.ts'
export { type StatisticsProblem, ZoneStatisticsReader } from './zone-statistics-reader.ts'
export { type StatusAnswer, serverStatus, type ZoneStatusAnswer, zoneStatuses } from './zone-statuses.ts'
