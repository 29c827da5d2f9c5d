import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LEFT_OUT } from './left-out-failures.js'

const FOLDERS = [new URL('.', import.meta.url), new URL('..', import.meta.url)]
const TITLE = /['"`]((?:known failure|incident|code|theme|node) [^:'"`]*):/g
const ITEM = /^(?:(known failure|incident|code|theme|node) )?(.+?)\s*$/

/** What of the list concerns orders, streams, restarts or reconciliation. */
const ROWS = [
  4, 5, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41,
]
const MORE_ROWS = [43, 46, 48, 49, 51, 52, 53, 54, 55, 56, 57, 59, 60, 63, 68, 75]
const INCIDENTS = [1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]
const KNOWN = [
  ...[...ROWS, ...MORE_ROWS].map((row) => `known failure ${row}`),
  ...INCIDENTS.map((incident) => `incident ${incident}`),
  ...['2011', '2019', '2021', '2022', '4005', '4061'].map((code) => `code −${code}`),
  ...[1, 2, 3, 5, 7].map((theme) => `theme ${theme}`),
]

/** What a title such as `known failure 15, 16, incident 2` names, each with its kind. */
function namedIn(title: string): readonly string[] {
  let kind = ''
  return title.split(', ').map((item) => {
    const [, named, number = ''] = ITEM.exec(item) ?? []
    kind = named ?? kind
    return `${kind} ${number}`
  })
}

function namedByTests(): ReadonlySet<string> {
  const texts = FOLDERS.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(name, folder), 'utf8')),
  )
  return new Set(texts.flatMap((text) => [...text.matchAll(TITLE)].flatMap(([, title = '']) => namedIn(title))))
}

it('names every known failure of orders, streams, restarts and reconciliation in a test, or says where it is tested', () => {
  const named = namedByTests()
  expect(KNOWN.filter((failure) => !named.has(failure) && LEFT_OUT[failure] === undefined)).toEqual([])
  expect(Object.keys(LEFT_OUT).filter((failure) => named.has(failure) || !KNOWN.includes(failure))).toEqual([])
})
