import { defineConfig } from 'vitest/config'

/** Where `npm test` wants the counts, as vitest's JSON report; nothing when vitest is run by hand. */
const report = process.env['BATON_TEST_REPORT']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // Tests of servers wait more than they work: three keep two processors busy.
    maxWorkers: 3,
    // Loading the product anew for each of 300 files takes longer than what most of them do. No module of it keeps a state
    // that a test could meet.
    isolate: false,
  },
})
