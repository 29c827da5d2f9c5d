import { readFileSync, writeFileSync } from 'node:fs'
import { EVENTS_BEGIN, EVENTS_END, eventSections } from '../packages/core/test/event-page.js'

/** `npx tsx scripts/write-event-docs.js`: the page on events, from the tables of the core's tests and the frozen log. */
const path = new URL('../docs/events.md', import.meta.url)
const page = readFileSync(path, 'utf8')
const [before, rest] = page.split(EVENTS_BEGIN)
const after = rest?.split(EVENTS_END)[1]
if (before === undefined || after === undefined)
  throw new Error(`docs/events.md needs ${EVENTS_BEGIN} and ${EVENTS_END}`)
writeFileSync(path, `${before}${EVENTS_BEGIN}\n\n${eventSections()}\n\n${EVENTS_END}${after}`)
