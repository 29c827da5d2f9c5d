import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runMain } from './collect.js'
import { PAGES, proseOf, readPage, ROOT } from './doc-pages.js'

/** Commands of a page with all they are shown to print, words and data. */
function sessionsOf(path: string): readonly { readonly args: readonly string[]; readonly output: string }[] {
  return [...readPage(path).matchAll(/```console\n\$ (?:npx )?tranchebook (.*)\n([\s\S]*?)```/g)].map(
    ([, command = '', output = '']) => ({ args: command.split(' '), output }),
  )
}

/** Modules load as fast as the machine lets them. */
const PATIENT_MS = 60_000

describe.each(['docs/quick-start.md', 'docs/closing-rules.md', 'docs/replaying-an-incident.md'])('%s', (path) => {
  it.each(sessionsOf(path))(
    'prints what the page shows: $args',
    async ({ args, output }) => {
      const { exitCode, stdout, stderr } = await runMain(args)
      expect([exitCode, `${stderr}${stdout}`]).toEqual([0, output])
    },
    PATIENT_MS,
  )
})

/** Where this repository is on the web, for pages that are also read elsewhere. */
const WEB = /^https:\/\/github\.com\/tranchebook\/tranchebook\/(?:tree|blob)\/main\//

interface Link {
  /** From the root. */
  readonly to: string
  /** Without `#`; `null` = the whole page. */
  readonly heading: string | null
}

/** Links of a page into this repository. */
function linksOf(path: string): readonly Link[] {
  const found = [...proseOf(readPage(path)).matchAll(/\]\(([^)\s]+)[^)]*\)/g)].map(([, link = '']) => link)
  return found.flatMap((link) => {
    if (!WEB.test(link) && /^[a-z]+:/.test(link)) return []
    const [place = '', heading = null] = link.replace(WEB, '').split('#')
    const to = WEB.test(link) ? place : place === '' ? path : join(dirname(path), place)
    return [{ to, heading }]
  })
}

/** A heading as links name it. */
function anchorOf(heading: string): string {
  const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
  return plain.replaceAll(/[^\p{L}\p{N}\- _]/gu, '').replaceAll(' ', '-')
}

function hasHeading(path: string, heading: string): boolean {
  const headings = [...proseOf(readPage(path)).matchAll(/^#+ (.*)$/gm)].map(([, text = '']) => anchorOf(text))
  return headings.includes(heading)
}

describe('links', () => {
  it.each(PAGES)('of %s lead somewhere', (path) => {
    const lost = linksOf(path).filter(
      ({ to, heading }) => !existsSync(join(ROOT, to)) || (heading !== null && !hasHeading(to, heading)),
    )
    expect(lost).toEqual([])
  })
})

describe('docs/README.md', () => {
  const listed = new Set(linksOf('docs/README.md').map(({ to }) => to))

  it('lists every page, or the index of its folder', () => {
    const pages = PAGES.filter((path) => path.startsWith('docs') && path !== 'docs/README.md')
    const isListed = (path: string): boolean => listed.has(path) || listed.has(join(dirname(path), 'README.md'))
    expect(pages.filter((path) => !isListed(path))).toEqual([])
  })
})
