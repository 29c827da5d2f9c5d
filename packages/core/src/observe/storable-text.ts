/** What no log can hold: NUL, and halves of surrogate pairs, which are not Unicode text. */
const UNSTORABLE = /[\0\ud800-\udfff]/gu

/** Text as a log can hold it: whatever it cannot is replaced by U+FFFD, as a decoder would. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\ufffd')
}
