import { describe, expect, it } from 'vitest'
import { choosePlace } from './choose-place.js'

const URL = 'postgres://trader@db/books'

describe('choosePlace', () => {
  it.each([
    ['the command line', { database: URL, pooled: true }, {}, true],
    ['the configuration', {}, { database: { env: 'BOOKS_URL' }, pooled: true }, true],
    ['nobody', {}, { database: { env: 'BOOKS_URL' } }, false],
  ])('%s says whether a server is pooled', async (_, request, store, isPooled) => {
    process.env['BOOKS_URL'] = URL
    expect(await choosePlace({ config: 'tranchebook.jsonc', ...request }, store, 'main')).toMatchObject({
      connectionString: URL,
      isPooled,
    })
  })
})
