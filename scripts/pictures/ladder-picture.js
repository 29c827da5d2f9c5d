import { readFile } from 'node:fs/promises'
import { parseConfig, parseInput, runInputs } from '@tranchebook/core'
import { connectDashboard, openDashboard, recordedSource, storeBooks } from '@tranchebook/dashboard'
import { loadModule } from '../../packages/dashboard/page/build-page.js'

/**
 * @typedef {import('@tranchebook/dashboard').BookView} BookView
 * @typedef {{ printLadder: (book: BookView, size: { width: number, height: number }, style: string) => string }} Drawing
 */

const page = new URL('../../packages/dashboard/page/', import.meta.url)
const recording = new URL('../../examples/inputs/ladder.jsonl', import.meta.url)
const SIZE = { width: 860, height: 460 }
const ACCOUNT = 'main'

/** Where the picture of the README lies. */
export const PICTURE = new URL('../../docs/images/ladder.svg', import.meta.url)

/** @returns {Promise<Drawing>} */
const drawing = async () => /** @type {Drawing} */ (await loadModule('ladder/print-ladder.tsx'))

/** The book of the recording, as the dashboard shows it. */
const readBook = async () => {
  const lines = (await readFile(recording, 'utf8')).trim().split('\n')
  const inputs = lines.map((line, sequence) =>
    parseInput(JSON.parse(line), { account: ACCOUNT, positionMode: 'HEDGE', sequence }),
  )
  const config = parseConfig({ positionMode: 'HEDGE', account: ACCOUNT })
  const { books } = runInputs(inputs, {
    config,
    positionMode: null,
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'observe',
  })
  const store = await storeBooks(books)
  const dashboard = await openDashboard({ source: recordedSource({ store, title: 'ladder', config }) })
  try {
    const client = connectDashboard({ url: dashboard.origin, token: dashboard.token })
    return await client.book({ account: ACCOUNT, symbol: 'BTCUSDT' })
  } finally {
    await dashboard.close()
    await store.close()
  }
}

/**
 * The ladder of a recorded book, drawn by the code that draws the page.
 * @returns {Promise<string>}
 */
export const ladderPicture = async () => {
  const styles = ['style/colours.css', 'style/ladder.css'].map((file) => readFile(new URL(file, page), 'utf8'))
  const [{ printLadder }, book, ...texts] = await Promise.all([drawing(), readBook(), ...styles])
  return printLadder(book, SIZE, texts.join(''))
}
