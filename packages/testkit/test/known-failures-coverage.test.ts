import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LEFT_OUT } from './left-out-failures.js'

const FOLDER = new URL('.', import.meta.url)
const TITLE = /['"`]((?:known failure|incident|code|theme|node|python) [^:'"`]*):/g
const ITEM = /^(?:(known failure|incident|code|theme|node|python|LickHunterPRO) )?(.+?)\s*$/

const upTo = (kind: string, last: number): readonly string[] =>
  Array.from({ length: last }, (_, index) => `${kind} ${index + 1}`)

/** Findings of probes that have a name beside the numbered rows. */
const PROBES = 'P1 P1b P1c P2 P3 P4 P5 P6 P6b P7 P8 P9 P10 P11 P12 P13 P14 P14b P15 P16 P17 P18'.split(' ')
const CODES = '1106 1111 2011 2019 2021 2022 4003 4005 4061 4164'.split(' ')

/** Everything on the list of known failures: rows, probes, incidents, error codes, themes. */
const KNOWN = [
  ...upTo('known failure', 76),
  ...PROBES.map((probe) => `known failure ${probe}`),
  ...upTo('incident', 26),
  ...CODES.map((code) => `code −${code}`),
  ...upTo('theme', 7),
]

/** What a title such as `known failure 15, 16, incident 2 (%s)` names, each with its kind. */
function namedIn(title: string): readonly string[] {
  let kind = ''
  return title
    .replace(/\(.*?\)/g, '')
    .split(', ')
    .map((item) => {
      const [, named, number = ''] = ITEM.exec(item) ?? []
      kind = named ?? kind
      return `${kind} ${number}`
    })
}

function namedByTests(): ReadonlySet<string> {
  const texts = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
  return new Set(texts.flatMap((text) => [...text.matchAll(TITLE)].flatMap(([, title = '']) => namedIn(title))))
}

it('names every known failure in a test, or says where it is tested instead', () => {
  const named = namedByTests()
  expect(KNOWN.filter((failure) => !named.has(failure) && LEFT_OUT[failure] === undefined)).toEqual([])
  expect(Object.keys(LEFT_OUT).filter((failure) => named.has(failure) || !KNOWN.includes(failure))).toEqual([])
})
