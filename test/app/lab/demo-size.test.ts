import { expect, onTestFinished, test } from 'vitest'
import { listLab } from '../../../src/app/lab/index.ts'
import { createTemporaryLab } from '../../support/temporary-lab.ts'

test('the whole demo fleet starts: six servers, 200 zones, 120 of them dynamic', async () => {
  const { lab, remove } = await createTemporaryLab({})
  onTestFinished(remove)
  const listed = listLab(lab.folder)
  expect(listed.ok && listed.value.servers.map(server => server.state)).toEqual(Array(6).fill('running'))
})
