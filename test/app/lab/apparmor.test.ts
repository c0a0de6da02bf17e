import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type AppArmorPlaces, mayBeConfined } from '../../../src/app/lab/apparmor.ts'

type Machine = {
  readonly enabled?: string
  readonly profiles?: string
  readonly policies?: readonly string[]
}

/** The files by which a machine shows what AppArmor does there. */
function layOut(machine: Machine): AppArmorPlaces {
  const folder = mkdtempSync(join(tmpdir(), 'baton-apparmor-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const places = {
    enabled: join(folder, 'enabled'),
    profiles: join(folder, 'profiles'),
    policy: join(folder, 'policy'),
  }
  mkdirSync(join(places.policy, 'disable'), { recursive: true })
  if (machine.enabled !== undefined) writeFileSync(places.enabled, machine.enabled)
  if (machine.profiles !== undefined) writeFileSync(places.profiles, machine.profiles)
  for (const policy of machine.policies ?? []) writeFileSync(join(places.policy, policy), '')
  return places
}

test.each<[string, Machine, boolean]>([
  ['no AppArmor in the kernel', { policies: ['usr.sbin.named'] }, false],
  ['AppArmor switched off', { enabled: 'N\n', policies: ['usr.sbin.named'] }, false],
  ['the profile enforced', { enabled: 'Y\n', profiles: 'cups (enforce)\nnamed (enforce)\n' }, true],
  ['the profile enforced, by path', { enabled: 'Y\n', profiles: '/usr/sbin/named (enforce)\n' }, true],
  ['the profile only complaining', { enabled: 'Y\n', profiles: 'named (complain)\n' }, false],
  ['another profile of a like name', { enabled: 'Y\n', profiles: 'systemd-named (enforce)\n' }, false],
  ['profiles unreadable, one installed', { enabled: 'Y\n', policies: ['usr.sbin.named'] }, true],
  [
    'profiles unreadable, the one installed disabled',
    { enabled: 'Y\n', policies: ['usr.sbin.named', 'disable/usr.sbin.named'] },
    false,
  ],
  ['profiles unreadable, none installed', { enabled: 'Y\n' }, false],
])('with %s', (_, machine, expected) => {
  expect(mayBeConfined(layOut(machine))).toBe(expected)
})
