import { constants } from 'node:os'
import type { Lab, LabPlan } from '../../src/app/lab/index.ts'
import { createTemporaryLab } from './temporary-lab.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const
/** What a shell reports of a program that a signal ended. */
const EXIT_OF_SIGNAL = 128

/**
 * Runs a script's work on a lab of real servers, which is removed whatever comes of it: when the script is interrupted, even while
 * the servers start, the process ends as soon as they have. Tests have a runner that ends them.
 */
export async function withLab<Value>(
  change: Partial<LabPlan>,
  work: (lab: Lab) => Promise<Value>,
): Promise<Value> {
  const making = createTemporaryLab(change)
  let removing: Promise<void> | undefined
  const remove = () => {
    removing ??= making.then(made => made.remove())
    return removing
  }
  const stop = (signal: NodeJS.Signals) => {
    void remove().finally(() => process.exit(EXIT_OF_SIGNAL + constants.signals[signal]))
  }
  // More than once: tsx passes a signal on that the terminal has sent to both.
  for (const signal of SIGNALS) process.on(signal, stop)
  try {
    const { lab } = await making
    return await work(lab)
  } finally {
    await remove().finally(() => {
      for (const signal of SIGNALS) process.off(signal, stop)
    })
  }
}
