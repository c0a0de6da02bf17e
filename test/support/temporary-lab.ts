import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLab, type Lab, type LabPlan, PLAN_DEFAULT, stopLab } from '../../src/app/lab/index.ts'

/** A lab of real servers in a temporary folder; whoever makes it removes it, also when the test fails. */
export type TemporaryLab = { readonly lab: Lab; remove(): Promise<void> }

export async function createTemporaryLab(change: Partial<LabPlan>): Promise<TemporaryLab> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-lab-'))
  const created = await createLab({
    folder,
    name: 'lab',
    plan: { ...PLAN_DEFAULT, ...change },
    searchPath: process.env['PATH'] ?? '',
  })
  if (!created.ok) {
    rmSync(folder, { recursive: true })
    throw new Error(`no lab: ${JSON.stringify(created.error)}`)
  }
  return {
    lab: created.value,
    async remove() {
      const stopped = await stopLab(folder)
      if (!stopped.ok) throw new Error(`the lab goes on: ${JSON.stringify(stopped.error)}`)
      rmSync(folder, { recursive: true })
    },
  }
}
