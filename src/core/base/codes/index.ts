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
import { statisticsCodes } from './statistics.ts'
import { verifyCodes } from './verify.ts'

/** What a code means, for its section of the manual: the cause, what it leads to, and what to do. */
export type CodeEntry = { readonly meaning: string; readonly remedy: string }

/** Every code Baton can print, but for those of checks and verdicts. The manual (docs/codes.md) has them all. */
export const CODES = {
  ...namedconfCodes,
  ...dnsCodes,
  ...rndcCodes,
  ...fleetCodes,
  ...hostsCodes,
  ...netCodes,
  ...statisticsCodes,
  ...renderCodes,
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

/** What a check answers with, and a look at the fleet; what each means stands beside its question, and in the table of verdicts. */
type DerivedCode = `check.${string}` | `snapshot.${string}`

export type ListedCode = keyof typeof CODES

export type Code = ListedCode | DerivedCode
