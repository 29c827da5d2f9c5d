import { lockByFile, lockDirectory } from '../src/pglite/directory-lock.js'

/** A process that takes a directory, says so, and keeps it until it is killed. */
const [name = '', directory = ''] = process.argv.slice(2)
await (name === 'lockByFile' ? lockByFile : lockDirectory)(directory)
process.stdout.write('held\n')
setInterval(() => undefined, 60_000)
