import { readFileSync, writeFileSync } from 'node:fs'
import { refreshReference } from './fleet/print-reference.ts'
import { printSchema } from './fleet/print-schema.ts'

const PAGE = 'docs/baton.yaml.md'

/** `npm run docs`: writes the JSON Schema and the manual's list of settings anew from the schema in the source. */
writeFileSync('schema/baton.schema.json', printSchema())
writeFileSync(PAGE, refreshReference(readFileSync(PAGE, 'utf8')))
