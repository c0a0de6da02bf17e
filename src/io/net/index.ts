export type { ControlTarget } from './control/control-target.ts'
export {
  COMMANDS_WAITING_MAX,
  type Control,
  type ControlAnswer,
  type ControlConnection,
  type ControlOptions,
  openControl,
} from './control/rndc.ts'
export {
  type StatusAnswer,
  serverStatus,
  type ZoneStatusAnswer,
  zoneStatuses,
} from './control/zone-statuses.ts'
export { type Answer, DnsClient, type ExchangeOptions, type Transport } from './dns/dns-client.ts'
export { queryRecords, querySoa, queryTxt, type RecordsAnswer } from './dns/query-records.ts'
export { type BulkQueryOptions, querySerials } from './dns/query-serials.ts'
export { querySoas, type SoaAnswer } from './dns/query-soas.ts'
export { type RaiseOptions, raiseSerials } from './dns/raise-serials.ts'
export { sendUpdate, type UpdateOutcome } from './dns/send-update.ts'
export { transferRecords, type ZoneRecords } from './dns/transfer-records.ts'
export { type TransferOptions, transferZones, type ZoneContent } from './dns/transfer-zones.ts'
export { type Endpoint, printEndpoint } from './endpoint.ts'
export { type Knock, knockByDatagram, knockByStream } from './knock.ts'
export { ServedZones } from './statistics/served-zones.ts'
export { fetchZoneStatistics, type StatisticsOptions } from './statistics/statistics.ts'
export { ZoneNames } from './statistics/zone-names.ts'
export type { ServedZone, ZoneStatistics } from './statistics/zone-statistics.ts'
export { type StatisticsProblem, ZoneStatisticsReader } from './statistics/zone-statistics-reader.ts'
