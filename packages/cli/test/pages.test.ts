import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runMain } from './collect.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Commands of a page with all they are shown to print, words and data. */
function sessionsOf(path: string): readonly { readonly args: readonly string[]; readonly output: string }[] {
  return [...read(path).matchAll(/```console\n\$ (?:npx )?tranchebook (.*)\n([\s\S]*?)```/g)].map(
    ([, command = '', output = '']) => ({ args: command.split(' '), output }),
  )
}

describe.each(['docs/quick-start.md', 'docs/closing-rules.md', 'docs/replaying-an-incident.md'])('%s', (path) => {
  it.each(sessionsOf(path))('prints what the page shows: $args', async ({ args, output }) => {
    const { exitCode, stdout, stderr } = await runMain(args)
    expect([exitCode, `${stderr}${stdout}`]).toEqual([0, output])
  })
})

const pages = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((path) => path.endsWith('.md'))

/** Files of this repository that a page links to. Code blocks may show anything. */
function linksOf(path: string): readonly string[] {
  const text = read(path).replaceAll(/```[\s\S]*?```/g, '')
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = '']) => link)
  return links.filter((link) => !/^[a-z]+:/.test(link))
}

describe('links', () => {
  it.each(pages)('of %s lead somewhere', (path) => {
    const lost = linksOf(path).filter((link) => !existsSync(join(root, dirname(path), link)))
    expect(lost).toEqual([])
  })
})

describe('docs/README.md', () => {
  const listed = new Set(linksOf('docs/README.md'))

  it('lists every page, or the index of its folder', () => {
    const names = pages.filter((path) => path.startsWith('docs')).map((path) => path.slice('docs/'.length))
    const isListed = (name: string): boolean => listed.has(name) || listed.has(join(dirname(name), 'README.md'))
    expect(names.filter((name) => name !== 'README.md' && !isListed(name))).toEqual([])
  })
})
