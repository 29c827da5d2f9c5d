import { expect, it } from 'vitest'
import { failureText } from './failure-text.js'

it.each([
  [new Error('EACCES: permission denied'), 'EACCES: permission denied'],
  [{ name: 'ErrnoError', errno: 51 }, 'no space left on device'],
  [{ name: 'ErrnoError', errno: 29 }, 'its file system failed with number 29'],
  ['ended', 'ended'],
])('%j is told as: %s', (cause, text) => {
  expect(failureText(cause)).toBe(text)
})
