import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkPlan, type LabPlan, PLAN_DEFAULT } from '../../../src/app/lab/plan.ts'
import { labZones, zonesConf } from '../../../src/app/lab/zones.ts'

test('accepts the default plan', () => {
  expect(checkPlan(PLAN_DEFAULT).ok).toBe(true)
})

test.each<[string, Partial<LabPlan>]>([
  ['one peer', { peers: ['ns1'], groups: [] }],
  ['two servers of one name', { peers: ['ns1', 'ns1'], groups: [] }],
  ['a name that climbs out of its folder', { peers: ['ns1', '../ns2'], groups: [] }],
  ['a group that follows a stranger', { groups: [{ name: 'east', follows: ['ns9'], servers: ['e1'] }] }],
  ['no zones', { zones: 0, zonesDynamic: 0 }],
  ['half a zone', { zones: 1.5, zonesDynamic: 0 }],
  ['too many zones', { zones: 1_000_000 }],
  ['more dynamic zones than zones', { zones: 3, zonesDynamic: 4 }],
  ['too many servers', { peers: Array.from({ length: 40 }, (_, at) => `ns${at}`), groups: [] }],
])('refuses %s', (_, change) => {
  const checked = checkPlan({ ...PLAN_DEFAULT, ...change })
  expect(!checked.ok && checked.error.code).toBe('lab.plan')
})

test('makes exactly as many zones, and dynamic ones among them, as asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (zones, dynamic) => {
      const zonesDynamic = dynamic % (zones + 1)
      const made = labZones({ zones, zonesDynamic })
      expect(made.length).toBe(zones)
      expect(made.filter(zone => zone.updates !== 'none').length).toBe(zonesDynamic)
      expect(new Set(made.map(zone => zone.file)).size).toBe(zones)
    }),
  )
})

test('writes zone blocks as an operator would', () => {
  expect(zonesConf(labZones({ zones: 3, zonesDynamic: 2 }))).toMatchInlineSnapshot(`
    "zone "z1.example" {
    	type primary;
    	file "zones/z1.example.db";
    };
    zone "z2.example" {
    	type primary;
    	file "zones/z2.example.db";
    	update-policy { grant writer zonesub ANY; };
    };
    zone "z3.example" {
    	type primary;
    	file "zones/z3.example.db";
    	allow-update { key "writer"; };
    };
    "
  `)
})
