import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const FOLDER = new URL('./', import.meta.url)
const RUNBOOK = readFileSync(new URL('../../../../docs/recovery.md', import.meta.url), 'utf8')

/** Headings with words of their own under them, without code marks. */
function headings(): readonly string[] {
  const sections = RUNBOOK.split(/^(?=#{2,3} )/m).slice(1)
  return sections.flatMap((section) => {
    const [heading = '', ...words] = section.split('\n')
    return words.some((line) => line.trim() !== '') ? [heading.replace(/^#+ /, '').replaceAll('`', '')] : []
  })
}

function followed(): readonly string[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.integration.test.ts'))
  const sources = files.map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
  return sources.flatMap((source) => [...source.matchAll(/^it\(\s*'([^']+)'/gm)].map(([, heading = '']) => heading))
}

describe('the recovery runbook', () => {
  it('has no heading that nobody has followed, and every scenario has its heading', () => {
    expect(headings().length).toBeGreaterThan(15)
    expect(followed().toSorted()).toEqual(headings().toSorted())
  })
})
