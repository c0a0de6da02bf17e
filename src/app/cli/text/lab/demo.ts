import type { DemoDocument, RunDocument, StatusDocument } from '../../../contract/index.ts'
import { EMPTY_LINE, type Line, line, type Piece, tell } from '../layout/line.ts'
import { printDuration } from '../layout/time.ts'
import { wrap } from '../layout/wrap.ts'
import { runLines } from '../run.ts'
import { statusLines } from '../status.ts'

/** What a demo shows besides its runs. */
export type DemoScene =
  | {
      readonly kind: 'starting'
      readonly zones: number
      readonly zonesDynamic: number
      readonly servers: number
    }
  | { readonly kind: 'started'; readonly elapsedMs: number }
  | { readonly kind: 'writing'; readonly updatesPerSecond: number; readonly queriesPerSecond: number }
  | { readonly kind: 'status'; readonly status: StatusDocument }
  | { readonly kind: 'switching'; readonly from: string; readonly to: string; readonly checks: number }
  | { readonly kind: 'ran'; readonly run: RunDocument }
  | { readonly kind: 'proving' }

export function demoEventLines(scene: DemoScene, width: number): readonly Line[] {
  const say = (text: string) => wrap(line(text), { width, hang: 2 })
  switch (scene.kind) {
    case 'starting':
      return say(
        `starting ${scene.servers} servers with ${scene.zones} zones, of which ${scene.zonesDynamic} take updates`,
      )
    case 'started':
      return say(`started in ${printDuration(scene.elapsedMs)}`)
    case 'writing':
      return say(
        `from here on: ${scene.updatesPerSecond} updates a second through both peers, ${scene.queriesPerSecond} queries a second to the secondaries`,
      )
    case 'status':
      return [EMPTY_LINE, line('baton status', 'faint'), ...statusLines(scene.status, width)]
    case 'switching':
      return [
        EMPTY_LINE,
        line(`baton switchover --to ${scene.to}`, 'faint'),
        ...say(
          `${scene.checks} checks asked, none says no: the role passes from ${scene.from} to ${scene.to}`,
        ),
      ]
    case 'ran':
      return runLines(scene.run, { width, return: 'open' })
    case 'proving':
      return [
        EMPTY_LINE,
        ...say('the writers have stopped: comparing every server with what was acknowledged'),
      ]
  }
}

/** What the demo has shown, in numbers. */
export function demoLines(demo: DemoDocument, width: number): readonly Line[] {
  const { servers, updatesAcknowledged, updatesMissing, queriesAnswered, queriesUnanswered } = demo
  const facts: readonly (readonly [well: boolean, text: string])[] = [
    [
      updatesMissing === 0,
      `${updatesAcknowledged} updates acknowledged, ${updatesMissing} missing on any of ${servers} servers`,
    ],
    [
      queriesUnanswered === 0,
      `${queriesAnswered} queries answered by the secondaries, ${queriesUnanswered} unanswered`,
    ],
    [demo.serialsEqual, demo.serialsEqual ? 'every serial equal' : 'serials differ'],
    [demo.contentEqual, demo.contentEqual ? 'content equal' : 'content differs'],
  ]
  return [
    ...facts.flatMap(([well, text]) => wrap([mark(well ? 'yes' : 'no'), tell(text)], { width, hang: 5 })),
    EMPTY_LINE,
    ...wrap(line(`${printDuration(demo.elapsedMs)} in all; nothing is left running`), { width, hang: 2 }),
  ]
}

export function isProven(demo: DemoDocument): boolean {
  const { updatesMissing, queriesUnanswered, serialsEqual, contentEqual } = demo
  return updatesMissing === 0 && queriesUnanswered === 0 && serialsEqual && contentEqual
}

function mark(answer: 'yes' | 'no'): Piece {
  return tell(answer.padEnd(5), answer === 'yes' ? 'good' : 'bad')
}
