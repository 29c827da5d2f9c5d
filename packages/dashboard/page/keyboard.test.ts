import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { KEYS } from './keyboard.js'

it('the keys of the page are those that the documentation lists', async () => {
  const text = await readFile(new URL('../../../docs/dashboard.md', import.meta.url), 'utf8')
  const [, list = ''] = text.split('## Keys')
  const rows = list.split('\n').flatMap((line) => {
    const [, key, does] = /^\| (.+?) +\| (.+?) +\|$/.exec(line) ?? []
    return key === undefined || does === undefined ? [] : [[key, does]]
  })
  expect(rows.slice(2)).toEqual(KEYS)
})
