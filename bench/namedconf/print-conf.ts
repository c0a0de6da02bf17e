import { readFileSync } from 'node:fs'
import { decodeConf, encodeConf, parse, print } from '../../src/core/namedconf/index.ts'

/** What `named-checkconf -p FILE` does: reads a configuration and prints it. */
const [, , path] = process.argv
process.stdout.write(encodeConf(print(parse(decodeConf(readFileSync(path as string)), path))))
