import { describe, expect, it } from 'vitest'
import { commandShapes } from '../src/format/command-shape.js'
import { createProgram } from '../src/program.js'
import { terminalOf } from '../src/terminal.js'
import { blocksOf, PAGES, proseOf, readPage } from './doc-pages.js'

const shapes = new Map(
  commandShapes(createProgram(terminalOf(), { exitCode: 0 }).program).map((shape) => [shape.path, shape]),
)

/** Lines of code of a page: of its blocks, and what stands in its sentences. */
function codeOf(path: string): readonly string[] {
  const text = readPage(path)
  const inline = [...proseOf(text).matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replaceAll(/\s+/g, ' '))
  return [...blocksOf(text).flatMap(({ code }) => code.split('\n')), ...inline]
}

/** What follows `tranchebook` in a line of code, up to a pipe or a remark. */
function callsOf(path: string): readonly (readonly string[])[] {
  const parts = codeOf(path).flatMap((line) => line.replace(/ #.*/, '').split('|'))
  const calls = parts.flatMap((part) => /^\s*(?:\$ )?(?:npx )?tranchebook ([a-z-].*)$/.exec(part)?.[1] ?? [])
  return calls.map((call) => call.trim().split(/\s+/))
}

/** What a call names that the command line does not have; empty = all is there. */
function unknownOf(call: readonly string[]): readonly string[] {
  let path = ''
  for (const word of call) {
    const deeper = `${path} ${word}`.trim()
    if (!shapes.has(deeper)) break
    path = deeper
  }
  const shape = shapes.get(path)
  if (path === '' && call[0]?.startsWith('-') === false) return [`no command ${call[0]}`]
  const names = new Set(shape?.options.flatMap(({ long, short }) => [`--${long}`, `-${short}`]))
  return call.filter((word) => /^--?[a-z]/.test(word) && !names.has(word)).map((word) => `no ${word} of ${path}`)
}

describe('what the documentation calls', () => {
  it.each(PAGES)('in %s is there', (path) => {
    expect(callsOf(path).flatMap(unknownOf)).toEqual([])
  })

  it('is found at all', () => {
    expect(PAGES.flatMap(callsOf).length).toBeGreaterThan(60)
  })
})

/** Names of what `npm run` and `npm test` start, as a page says them. */
function scriptsOf(path: string): readonly string[] {
  const calls = codeOf(path)
    .join('\n')
    .matchAll(/npm (?:run (?:-s |--silent )?([a-z][a-z:-]*)|(test)\b)/g)
  return [...calls].map(([, script, test]) => script ?? test ?? '')
}

describe('npm scripts that the documentation names', () => {
  const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Readonly<Record<string, string>> }

  it.each(PAGES)('in %s are there', (path) => {
    expect(scriptsOf(path).filter((name) => !(name in scripts))).toEqual([])
  })

  it('are found at all', () => {
    expect(new Set(PAGES.flatMap(scriptsOf)).size).toBeGreaterThan(8)
  })
})

describe('what is there', () => {
  const told = ['cli', 'running', 'backtest'].map((name) => readPage(`docs/${name}.md`)).join('\n')
  const commands = [...shapes.values()].filter(({ path, commands: below }) => path !== '' && below.length === 0)

  it.each(commands.map(({ path }) => path))('tells what %s is for', (path) => {
    expect(new RegExp(`\`(?:tranchebook )?${path}[\` ]`).test(told)).toBe(true)
  })

  it.each([...shapes.values()])('tells every option of: tranchebook $path', ({ options }) => {
    const untold = options.filter(
      ({ long, short }) => !told.includes(`--${long}`) && (short === null || !told.includes(`\`-${short}`)),
    )
    expect(untold.map(({ long }) => `--${long}`).filter((name) => name !== '--help')).toEqual([])
  })
})
