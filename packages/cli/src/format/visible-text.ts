/** Characters that a terminal obeys instead of showing, or that let a text look like another one; a line's end is left. */
const UNSEEN = /[^\P{Cc}\n]|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

function codeOf(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}

/** Text of several lines that a terminal only shows: whatever it would obey stands there as `\u001b`. */
export function visibleText(text: string): string {
  return text.replaceAll(UNSEEN, codeOf)
}

/** The same for what must stay on one line, such as a label in a table. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', codeOf)
}

/** JSON, two spaces deep, whose texts a terminal only shows; what it says is the same. */
export function jsonText(value: unknown): string {
  return `${visibleText(JSON.stringify(value, null, 2))}\n`
}

/** JSON on one line whose texts a terminal only shows. */
export function jsonLine(value: unknown): string {
  return `${visibleText(JSON.stringify(value))}\n`
}
