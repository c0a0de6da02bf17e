import { type Demo, type DemoWishes, makeDemo } from './demo-fleet.ts'

/** A fleet that renders, by a name that says what is odd about it; the folder is where its servers are. */
export const CORPUS: Readonly<Record<string, (folder: string) => Demo>> = {
  'static and dynamic zones': folder => makeDemo({ folder, zones: { default: PLAIN } }),
  'bases of the operator': folder => makeDemo({ folder, zones: { default: PLAIN }, bases: everywhere(BASE) }),
  'a base without options': folder =>
    makeDemo({
      folder,
      zones: { default: PLAIN },
      bases: everywhere('logging { category lame-servers { null; }; };\n'),
    }),
  'acls and keys in the shared file': folder =>
    makeDemo({ folder, zones: { default: WITH_ACLS }, shared: SHARED }),
  'lists in options and zones': folder =>
    makeDemo({ folder, zones: { default: WITH_LISTS }, bases: everywhere(BASE_WITH_LISTS) }),
  'signed in place': folder => makeDemo({ folder, zones: { default: SIGNED } }),
  'signed by the options': folder =>
    makeDemo({
      folder,
      zones: { default: SIGNED_BY_OPTIONS },
      bases: everywhere('options { dnssec-policy default; key-directory "keys"; };\n'),
    }),
  'two views': folder => makeDemo({ folder, zones: { inside: PLAIN, outside: OUTSIDE }, views: VIEWS }),
  'two views in bases of the operator': folder =>
    makeDemo({
      folder,
      zones: { inside: PLAIN, outside: OUTSIDE },
      views: VIEWS,
      bases: everywhere(BASE_WITH_VIEWS),
    }),
  'two zone sets': folder =>
    makeDemo({
      folder,
      sets: {
        default: { firstActive: 'ns1', zones: PLAIN },
        customers: { firstActive: 'ns2', zones: OUTSIDE },
      },
    }),
  'old words on one line': folder => makeDemo({ folder, zones: { default: OLD } }),
  'an empty fleet': folder => makeDemo({ folder, zones: { default: '' } }),
  'raw zones': folder => makeDemo({ folder, zones: { default: PLAIN }, policy: { masterfileFormat: 'raw' } }),
}

function everywhere(base: string): NonNullable<DemoWishes['bases']> {
  return { ns1: base, ns2: base, e1: base, w1: base }
}

const PLAIN = `// The zones of a small company.
zone "static.example" {
	type primary;
	file "static.example.db";
};

# Everyone with the writer's key may change everything here.
zone "dynamic.example" IN {
	type primary;
	file "dynamic.example.db";	# kept by named
	allow-update { key writer; };
	max-journal-size 10m;
};
zone "policy.example" {
    type master;
    file "deep/policy.example.db";
    journal "deep/policy.example.journal";
    update-policy { grant writer zonesub any; grant * self * A; };
    check-names ignore;
    ixfr-from-differences yes;
};
`

const OUTSIDE = `zone "static.outside.example" { type primary; file "outside/static.db"; };
zone "dynamic.outside.example" { type primary; file "outside/dynamic.db"; allow-update { key writer; }; };
`

const OLD = 'zone old.example in{type master;file "old.db";allow-update{key"writer";};notify yes};'.replace(
  'yes}',
  'yes;}',
)

const WITH_ACLS = `zone "acl.example" {
	type primary;
	file "acl.db";
	allow-update { updaters; };
	allow-query { any; };
	allow-transfer { friends; };
};
`
const SHARED = `acl friends { 192.0.2.0/24; key "outside"; };
acl updaters { !192.0.2.66; { key writer; key "helper"; }; };
key "helper" { algorithm hmac-sha512; secret "bm90IGEgc2VjcmV0"; };
`

const WITH_LISTS = `zone "own.example" {
	type primary;
	file "own.db";
	allow-transfer {
		none;	# nobody else
	};
	also-notify port 54 { 192.0.2.9; };
	notify explicit;
};
zone "inherits.example" { type primary; file "inherits.db"; };
`
const BASE_WITH_LISTS = `options {
	notify no;
	allow-transfer { 192.0.2.7; # the auditor
	};
	also-notify { 192.0.2.8 port 5353; };
	notify-rate 7;
};
`

const SIGNED = `zone "signed.example" {
	type primary;
	file "signed.db";
	key-directory "keys";
	dnssec-policy default;
	allow-update { key writer; };
};
`
const SIGNED_BY_OPTIONS = `zone "signed.example" { type primary; file "signed.db"; allow-update { key writer; }; };
`

const BASE = `# What this server had before.
options {
	recursion no;
	listen-on { any; };
	dnssec-validation no;
};
logging { category lame-servers { null; }; };
zone "own.of.this.server" { type primary; file "own.db"; };
`

const VIEWS = [
  { name: 'inside', key: 'inside' },
  { name: 'outside', key: 'outside' },
]
const BASE_WITH_VIEWS = `options { recursion no; };
view "inside" {
	match-clients { key "inside"; !key "outside"; 10.0.0.0/8; };
	zone "private.example" { type primary; file "private.db"; };
};
view "outside" IN { match-clients { any; }; };
`
