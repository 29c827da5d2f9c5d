import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { EVENTS_BEGIN, EVENTS_END, eventSections } from '../../test/event-page.js'
import { NEWEST_VERSIONS } from './newest-versions.js'

const page = readFileSync(new URL('../../../../docs/events.md', import.meta.url), 'utf8')

describe('docs/events.md (if this fails: npx tsx scripts/write-event-docs.js)', () => {
  it('is what the tables and the frozen log say', () => {
    expect(page.split(EVENTS_BEGIN)[1]?.split(EVENTS_END)[0]?.trim()).toBe(eventSections())
  })

  it('has a section for every event that there is', () => {
    const sections = [...page.matchAll(/^### (\w+)$/gm)].map(([, type]) => type)
    expect(new Set(sections)).toEqual(new Set(Object.keys(NEWEST_VERSIONS)))
    expect(sections).toHaveLength(Object.keys(NEWEST_VERSIONS).length)
  })
})
