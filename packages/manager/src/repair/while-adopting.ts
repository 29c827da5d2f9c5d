import type { BookLoop } from '../book/book-loop.js'

/** Does some work while the books take over what the venue holds; then they follow their own drift policy again. */
export async function whileAdopting<Answer>(loops: readonly BookLoop[], work: () => Promise<Answer>): Promise<Answer> {
  for (const loop of loops) loop.isAdopting = true
  try {
    return await work()
  } finally {
    for (const loop of loops) loop.isAdopting = false
  }
}
