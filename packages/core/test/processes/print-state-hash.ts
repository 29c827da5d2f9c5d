import { readFileSync } from 'node:fs'
import { replay } from '../../src/replay/replay-events.js'
import { stateHash } from '../../src/replay/state-hash.js'
import { upcast } from '../../src/replay/upcast/upcast.js'

/** Reads a log from standard input and prints the hash of the state it folds to. */
const log = JSON.parse(readFileSync(0, 'utf8')) as unknown[]
const events = log.map((event, index) => upcast(event, { stream: 'stdin', version: index + 1 }))
process.stdout.write(stateHash(replay(events)))
