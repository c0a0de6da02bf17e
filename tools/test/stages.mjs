/**
 * One thing that `npm test` proves: an npm script of this project, so that what fails here can be run alone.
 * `counted` says what adds to the final count: the stage itself, or the tests that vitest reports. `thorough` is the script
 * that runs instead when nobody waits for it. Without the program that it `needs`, a stage is not run, which is said and counted.
 *
 * @typedef {{ name: string, script: string, thorough?: string, needs?: string, counted: 'as one' | 'by its tests' }} Stage
 */

/**
 * Waves run one after another. Stages of a wave do not need each other and run `WAVE_WIDTH` at a time; tests that
 * start servers have the machine to themselves.
 *
 * @type {readonly (readonly Stage[])[]}
 */
export const WAVES = [
  [
    { name: 'lint with types', script: 'check:lint', counted: 'as one' },
    { name: 'types', script: 'check:types', counted: 'as one' },
    { name: 'format and lint', script: 'check:format', counted: 'as one' },
    { name: 'unused code', script: 'check:unused', counted: 'as one' },
    { name: 'shell', script: 'check:shell', needs: 'shellcheck', counted: 'as one' },
    { name: 'build', script: 'build', counted: 'as one' },
  ],
  [{ name: 'tests', script: 'test:vitest', counted: 'by its tests' }],
  [
    { name: 'random inputs', script: 'fuzz:short', counted: 'as one' },
    { name: 'switchovers', script: 'proof:switchover:short', counted: 'as one' },
    {
      name: 'crashes',
      script: 'proof:crash:short',
      thorough: 'proof:crash:thorough',
      counted: 'as one',
    },
    {
      name: 'deaths',
      script: 'proof:deaths:short',
      thorough: 'proof:deaths:thorough',
      counted: 'as one',
    },
    {
      name: 'failovers',
      script: 'proof:failover:short',
      thorough: 'proof:failover:thorough',
      counted: 'as one',
    },
  ],
]

export const WAVE_WIDTH = 2

/** The longest that one stage may take; a stage that hangs is a stage that fails. */
export const STAGE_TIMEOUT_MS = 40 * 60_000

/**
 * The waves as `npm test -- --thorough` runs them.
 *
 * @returns {readonly (readonly Stage[])[]}
 */
export function thoroughWaves() {
  return WAVES.map(wave => wave.map(stage => ({ ...stage, script: stage.thorough ?? stage.script })))
}
