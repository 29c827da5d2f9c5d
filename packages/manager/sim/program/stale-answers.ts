import type { NetworkSetup } from './network.js'

/** An answer of a venue is at most so much behind. */
const STALE_MS = 3000

/** Questions of one kind, whose answer may be the one of a moment ago. */
export class StaleAnswers<Answer> {
  private readonly answers = new Map<string, { readonly time: number; readonly answer: Answer }>()
  private readonly setup: Pick<NetworkSetup, 'clock' | 'faults'>

  constructor(setup: Pick<NetworkSetup, 'clock' | 'faults'>) {
    this.setup = setup
  }

  async ask(question: string, ask: () => Promise<Answer>): Promise<Answer> {
    const { clock, faults } = this.setup
    const known = this.answers.get(question)
    if (known !== undefined && clock.now() - known.time <= STALE_MS && faults.isStale('stale')) return known.answer
    const answer = await ask()
    this.answers.set(question, { time: clock.now(), answer })
    return answer
  }
}
