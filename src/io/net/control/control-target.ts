import type { SharedKey } from '../../../core/base/index.ts'
import type { Endpoint } from '../endpoint.ts'

/** Whom to talk to on a control channel: `server` is the name in the fleet, for messages. */
export type ControlTarget = { readonly server: string; readonly endpoint: Endpoint; readonly key: SharedKey }
