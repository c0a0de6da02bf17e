import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type BuiltProgram, buildProgram } from '../app/cli/command.ts'
import { findUnprinted, type RunbookCommand, readRunbook } from '../support/runbook-page.ts'
import { RunbookWorld } from '../support/runbook-world.ts'

const FOLDER = 'docs/runbooks'
const INDEX = 'index.md'
const PAGES = readdirSync(FOLDER).filter(page => page !== INDEX)

/** The commands that ask before they act; a script says yes at once. */
const ASKING = /^(switchover|failover|rejoin|resolve|resume|rollback|push|rescue (apply|discard)) ?/

describe('a runbook', () => {
  let program: BuiltProgram

  beforeAll(async () => {
    program = await buildProgram()
  })
  afterAll(() => program.remove())

  it.each(PAGES)('%s does what it says, and the fleet is well in the end', async page => {
    const steps = readRunbook(readFileSync(`${FOLDER}/${page}`, 'utf8'))
    const last = steps.findLast(step => step.kind === 'command')
    expect(last, 'the last command of a page').toMatchObject({ words: ['baton', 'status'], exit: 0 })
    const world = await RunbookWorld.open()
    onTestFinished(() => world.close())
    for (const step of steps) {
      if (step.kind === 'event') await world.happen(step.words)
      else await follow(page, step, world)
    }
  })

  const follow = async (page: string, step: RunbookCommand, world: RunbookWorld) => {
    const printed =
      step.server === undefined
        ? await runBaton(page, step, world)
        : await world.type(step.server, step.words)
    expect(findUnprinted(step.prints, printed), `${page}:${step.line} printed\n${printed}`).toEqual([])
  }

  const runBaton = async (page: string, { line, words, exit }: RunbookCommand, world: RunbookWorld) => {
    const [name, ...command] = words
    expect(name, `${page}:${line}`).toBe('baton')
    const asks = ASKING.test(command.join(' ')) && !command.includes('--dry-run')
    const call = { cwd: '/', environment: { BATON_FLEET: world.fleetFile } }
    const outcome = await program.call([...command, ...(asks ? ['--yes'] : [])], call)
    const printed = `${outcome.stdout}${outcome.stderr}`
    expect(outcome.exit, `${page}:${line} printed\n${printed}`).toBe(exit)
    return printed
  }

  it('stands in the index', () => {
    const index = readFileSync(`${FOLDER}/${INDEX}`, 'utf8')
    expect(PAGES.filter(page => !index.includes(`](${page})`))).toEqual([])
  })
})
