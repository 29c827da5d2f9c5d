import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the repository is. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** Every page that a reader may come to, by its path from the root. */
export const PAGES: readonly string[] = [
  ...readdirSync(ROOT),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
  ...readdirSync(join(ROOT, 'packages')).map((name) => join('packages', name, 'README.md')),
].filter((path) => path.endsWith('.md'))

/** The text of a page. */
export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** A block of code as a page shows it. */
export interface Shown {
  readonly language: string
  readonly code: string
}

/** The blocks of a page, in order. */
export function blocksOf(text: string): readonly Shown[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', code = '']) => ({ language, code }))
}

/** A page without its blocks. */
export function proseOf(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '')
}
