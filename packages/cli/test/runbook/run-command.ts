import process from 'node:process'
import { main } from '../../src/main.js'

/** The command line in a process of its own, as the sources say now. */
process.exitCode = await main(process.argv.slice(2))
