import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { ladderPicture, PICTURE } from './ladder-picture.js'

it('the picture of the README is what the code draws now: npm run draw', async () => {
  const [kept, drawn] = await Promise.all([readFile(PICTURE, 'utf8'), ladderPicture()])

  expect(drawn).toBe(kept)
  expect(drawn).toContain('TP1 40 % hit')
})
