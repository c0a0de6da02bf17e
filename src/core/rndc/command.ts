import type { DomainName } from '../base/index.ts'

/** A zone as `rndc` names it; without a view named looks in all of them, and refuses when more than one has it. */
export type ZoneReference = { readonly name: DomainName; readonly view?: string | undefined }

/** Every command Baton gives; there is no `sync -clean` among them, because it throws journals away that IXFR needs. */
export type ControlCommand = ServerCommand | ZoneCommand

export type ServerCommand = { readonly kind: 'null' | 'status' | 'reconfig' | 'freeze-all' | 'thaw-all' }

export type ZoneCommand = { readonly kind: ZoneVerb; readonly zone: ZoneReference }

export type ZoneVerb =
  | 'zonestatus'
  | 'showzone'
  | 'freeze'
  | 'thaw'
  | 'sync'
  | 'reload'
  | 'retransfer'
  | 'refresh'
  | 'notify'

const SERVER_COMMAND_TEXTS: Readonly<Record<ServerCommand['kind'], string>> = {
  null: 'null',
  status: 'status',
  reconfig: 'reconfig',
  'freeze-all': 'freeze',
  'thaw-all': 'thaw',
}

/** Commands that only look: giving one again when the answer was lost does no harm. */
const LOOKING: ReadonlySet<ControlCommand['kind']> = new Set(['null', 'status', 'zonestatus', 'showzone'])

/** The command's text, as one would type it after `rndc` (BIND manual, rndc(8)). */
export function printCommand(command: ControlCommand): string {
  if (!('zone' in command)) return SERVER_COMMAND_TEXTS[command.kind]
  const { name, view } = command.zone
  return [command.kind, name, ...(view === undefined ? [] : ['IN', quoteView(view)])].join(' ')
}

/** Whether the command only looks, and changes nothing on the server. */
export function onlyLooks(command: ControlCommand): boolean {
  return LOOKING.has(command.kind)
}

/** named reads the view as a string of named.conf's grammar; plain names need no quotes. */
function quoteView(view: string): string {
  return /^[\w.-]+$/.test(view) ? view : `"${view.replaceAll('"', '\\"')}"`
}
