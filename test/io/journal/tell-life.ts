import { lifeOf } from '../../../src/io/journal/index.ts'

/** A process of its own, of another user: says what it sees of the process that it is given. */
const [holder = '{}'] = process.argv.slice(2)
process.stdout.write(lifeOf(JSON.parse(holder) as Parameters<typeof lifeOf>[0]))
