import { readFileSync } from 'node:fs'
import { parseInput } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { runMain } from './collect.js'

function page(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8')
}

function blocks(name: string, language: string): readonly string[] {
  return [...page(name).matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text]) => text ?? '',
  )
}

const shown = blocks('input-lines', 'text').flatMap((block) => block.trimEnd().split('\n'))
const lines = shown.filter((line) => /^\{"type":"[a-z]/.test(line))
const events = shown.filter((line) => !lines.includes(line))
const sessions = blocks('cli', 'console').map((block) => {
  const [prompt = '', ...output] = block.split('\n')
  return { args: prompt.replace('$ tranchebook ', '').split(' '), output: output.join('\n') }
})

describe('docs', () => {
  it.each(lines)('is an input: %s', (line) => {
    expect(parseInput(JSON.parse(line), { account: 'main', positionMode: null, sequence: 1 })).toMatchObject({
      type: (JSON.parse(line) as { type: string }).type,
    })
  })

  it('shows every type of input', () => {
    const types = new Set(lines.map((line) => (JSON.parse(line) as { type: string }).type))
    expect([...types].toSorted()).toEqual(['command', 'fill', 'funding', 'mark', 'order', 'position', 'review', 'tick'])
  })

  it.each(sessions)('prints what the page shows: $args', async ({ args, output }) => {
    const { exitCode, stdout, stderr } = await runMain(args)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toBe(output)
  })

  it('folds the two spellings of an event that the page shows', async () => {
    expect(events).toHaveLength(2)
    for (const line of events) expect((await runMain(['replay', '-', '--json'], line)).exitCode).toBe(0)
  })

  it('lists every exit code', () => {
    for (const code of Object.values(EXIT)) expect(page('cli')).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'))
  })
})
