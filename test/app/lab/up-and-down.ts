import { createLab, listLab, PLAN_DEFAULT, stopLab } from '../../../src/app/lab/index.ts'

/** Run as another user by `other-user.test.ts`: makes a lab in the folder given, stops it, says how that went. */
const folder = process.argv[2] ?? ''
const made = await createLab({
  folder,
  name: 'lab',
  plan: { ...PLAN_DEFAULT, zones: 5, zonesDynamic: 3 },
  searchPath: '/usr/bin',
})
const listed = listLab(folder)
const stopped = await stopLab(folder)
const states = listed.ok ? listed.value.servers.map(server => server.state) : []
process.stdout.write(JSON.stringify({ uid: process.getuid?.(), made, states, stopped: stopped.ok }))
