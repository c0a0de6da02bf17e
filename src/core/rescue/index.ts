export { type ForkRecord, parseForkRecord, printForkRecord } from './fork-record.ts'
