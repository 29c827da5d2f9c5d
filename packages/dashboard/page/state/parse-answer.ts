import type { ProblemView, StreamMessages } from '../../src/api/index.js'

/** Characters that turn the direction of what follows them, in a label also of the figures after it. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g

/** JSON in which such a character is shown as `\u202e` instead of being obeyed. */
function visibleJson(text: string): string {
  return text.replaceAll(TURNING, (character) => `\\\\u${character.charCodeAt(0).toString(16)}`)
}

/** Reads what the page's own server answered; both are built from the same types. */
export async function parseAnswer<Answer>(response: Response): Promise<Answer> {
  return JSON.parse(visibleJson(await response.text())) as Answer
}

/** Reads a message of the stream of the page's own server. */
export function parseMessage<Name extends keyof StreamMessages>(_name: Name, text: string): StreamMessages[Name] {
  return JSON.parse(visibleJson(text)) as StreamMessages[Name]
}

/** Reads why a request was not answered; anything that is no such reason is told as it came. */
export function parseProblem(status: number, text: string): ProblemView {
  const fallback = {
    code: `http.${status}`,
    message: text === '' ? `the server answered ${status}` : text.slice(0, 200),
    advice: 'Load the page again; if that does not help, look at the output of the process that serves it.',
  }
  try {
    const parsed = JSON.parse(visibleJson(text)) as Partial<ProblemView> | null
    return { ...fallback, ...(typeof parsed?.code === 'string' ? parsed : {}) }
  } catch {
    return fallback
  }
}
