import { readFileSync } from 'node:fs'
import { stateHash } from '@tranchebook/core'
import type { ConfigFile } from '../src/lines/config-file.js'
import type { InputLine } from '../src/lines/input-line.js'
import { runLines } from './run-lines.js'

/** Reads `{ inputs, config }` from standard input; prints the state's hash and all events, one a line. */
const { inputs, config } = JSON.parse(readFileSync(0, 'utf8')) as { inputs: InputLine[]; config: ConfigFile }
const { book, events } = runLines(inputs, { config })
console.log([stateHash(book), ...events.map((event) => JSON.stringify(event))].join('\n'))
