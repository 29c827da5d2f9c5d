import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Answer } from './answer.js'

const BUILT = new URL('../../dist/page/', import.meta.url)

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json; charset=utf-8',
  woff2: 'font/woff2',
  map: 'application/json; charset=utf-8',
}

const IS_HASHED = /-[0-9a-f]{8,}\.\w+$/

type PageAnswer = Extract<Answer, { type: 'page' }>

function text(title: string, lines: readonly string[], status: number): PageAnswer {
  const paragraphs = lines.map((line) => `<p>${line}</p>`).join('')
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${paragraphs}</html>`
  return { type: 'page', status, contentType: 'text/html; charset=utf-8', body, isImmutable: false }
}

/** What a browser without a session sees. */
export const LOCKED_PAGE = text(
  'This page is locked',
  [
    'Its link opens it once, in one browser. It was used, or it is not the newest.',
    'Type <code>tranchebook dashboard</code> where the process runs: it prints a new one.',
  ],
  401,
)

const NOT_BUILT = text(
  'The page was not built',
  ['The API works. Type <code>npm run build</code> in the project, then load this again.'],
  503,
)

async function readAll(directory: string): Promise<ReadonlyMap<string, PageAnswer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const answers = await Promise.all(
    files.map(async (file): Promise<[string, PageAnswer]> => {
      const path = `/${relative(directory, file).split(sep).join('/')}`
      const contentType = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
      const body = await readFile(file)
      return [path, { type: 'page', status: 200, contentType, body, isImmutable: IS_HASHED.test(path) }]
    }),
  )
  return new Map(answers)
}

/** Files of the built page by path, read once: nothing else can be asked for. */
export interface PageFiles {
  /** `/` is the document. */
  find(path: string): PageAnswer | null
}

/** Reads the built page. */
export async function readPageFiles(directory = fileURLToPath(BUILT)): Promise<PageFiles> {
  const files = await readAll(directory)
  return {
    find: (path) => (path === '/' ? (files.get('/index.html') ?? NOT_BUILT) : (files.get(path) ?? null)),
  }
}
