import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const PAGE = new URL('../../docs/property-testing.md', import.meta.url)
const EXAMPLE = new URL('my-rules.property.test.ts', import.meta.url)

it('the page shows the code that is run here', () => {
  const shown = [...readFileSync(PAGE, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code.trim())
  const run = readFileSync(EXAMPLE, 'utf8')
  expect(shown).toHaveLength(3)
  for (const code of shown) expect(run).toContain(code)
})
