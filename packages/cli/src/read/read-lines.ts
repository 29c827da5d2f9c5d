/** A line of a source, numbered from 1. */
export interface SourceLine {
  readonly number: number
  readonly text: string
}

/** Lines of UTF-8 bytes, `\n` or `\r\n`, without those that hold only space. A byte order mark is left out. */
export async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SourceLine> {
  const decoder = new TextDecoder('utf-8')
  let number = 0
  let rest = ''
  for await (const chunk of bytes) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = texts.pop() ?? ''
    for (const text of texts) {
      number += 1
      if (text.trim() !== '') yield { number, text }
    }
  }
  rest += decoder.decode()
  if (rest.trim() !== '') yield { number: number + 1, text: rest }
}
