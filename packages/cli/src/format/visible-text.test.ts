import { describe, expect, it } from 'vitest'
import { jsonText, visibleLine, visibleText } from './visible-text.js'

describe('visible text', () => {
  it.each([
    ['plain words, −5 % · → ├ 日本', 'plain words, −5 % · → ├ 日本'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u009b31m\u0007\u0000', '\\u009b31m\\u0007\\u0000'],
    ['abc\u202edef\u2066\u200b', 'abc\\u202edef\\u2066\\u200b'],
    ['a\tb\rc', 'a\\u0009b\\u000dc'],
    ['one\ntwo', 'one\ntwo'],
  ])('of %j is %j', (text, shown) => {
    expect(visibleText(text)).toBe(shown)
  })

  it('of a line has no second line', () => {
    expect(visibleLine('one\ntwo')).toBe('one\\u000atwo')
  })

  it('of JSON means the same', () => {
    const value = { label: 'a\u001b\u009b\u202e\u007f\nb' }
    expect(JSON.parse(jsonText(value))).toEqual(value)
    expect(jsonText(value)).not.toMatch(/[\u007f-\u009f\u202e]/)
  })
})
