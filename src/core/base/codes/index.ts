import { checkCodes } from './check.ts'
import { cliCodes } from './cli.ts'
import { dnsCodes } from './dns.ts'
import { engineCodes } from './engine.ts'
import { failoverCodes } from './failover.ts'
import { fleetCodes } from './fleet.ts'
import { guardCodes } from './guard.ts'
import { hostsCodes } from './hosts.ts'
import { labCodes } from './lab.ts'
import { namedconfCodes } from './namedconf.ts'
import { netCodes } from './net.ts'
import { peerCodes } from './peer.ts'
import { planCodes } from './plan.ts'
import { pushCodes } from './push.ts'
import { rejoinCodes } from './rejoin.ts'
import { renderCodes } from './render.ts'
import { rescueCodes } from './rescue.ts'
import { rndcCodes } from './rndc.ts'
import { snapshotCodes } from './snapshot.ts'
import { statisticsCodes } from './statistics.ts'
import { verifyCodes } from './verify.ts'

/** What a code means, for its section of the manual: the cause, what it leads to, and what to do. */
export type CodeEntry = { readonly meaning: string; readonly remedy: string }

/** Every code Baton can print. The manual (docs/codes.md) is generated from this table. */
export const CODES = {
  ...checkCodes,
  ...namedconfCodes,
  ...dnsCodes,
  ...rndcCodes,
  ...fleetCodes,
  ...hostsCodes,
  ...netCodes,
  ...statisticsCodes,
  ...renderCodes,
  ...snapshotCodes,
  ...peerCodes,
  ...planCodes,
  ...engineCodes,
  ...pushCodes,
  ...failoverCodes,
  ...rejoinCodes,
  ...verifyCodes,
  ...rescueCodes,
  ...guardCodes,
  ...labCodes,
  ...cliCodes,
} as const

export type Code = keyof typeof CODES
