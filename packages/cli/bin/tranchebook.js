#!/usr/bin/env node
import { existsSync } from 'node:fs'

const INTERNAL_ERROR = 70
const OUTPUT_ERROR = 74
const entry = new URL('../dist/main.js', import.meta.url)

process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit()
  console.error(`tranchebook: cannot write to stdout: ${error.message}`)
  console.error('  what is there is not whole: make room, or send it elsewhere, and run again')
  process.exit(OUTPUT_ERROR)
})

/** @returns {Promise<number>} */
const run = async () => {
  if (!existsSync(entry)) {
    console.error(
      'tranchebook: dist/main.js is missing, the command line is not built. Run `npm run build`, then try again.',
    )
    return INTERNAL_ERROR
  }
  try {
    const { main } = await import(entry.href)
    return await main(process.argv.slice(2))
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    console.error(`tranchebook: internal error: ${message}`)
    if (process.env['TRANCHEBOOK_DEBUG'] === '1') console.error(stack)
    else console.error('This is a bug: please report it. Set TRANCHEBOOK_DEBUG=1 to see where it happened.')
    return INTERNAL_ERROR
  }
}

process.exitCode = await run()
