import { StoreError } from '../store-errors.js'

/** What the database did with a group. */
export type AppendAnswer =
  | { readonly type: 'ok'; readonly firstVersion: number; readonly firstPosition: number }
  | {
      readonly type: 'same'
      readonly firstVersion: number
      readonly firstPosition: number
      readonly lastPosition: number
    }
  | { readonly type: 'version'; readonly actual: number }
  | { readonly type: 'event' }
  | { readonly type: 'fenced'; readonly epoch: number | null }

function parseAnswer(text: string): AppendAnswer {
  const [type, ...fields] = text.split(',')
  const first = Number(fields[0])
  const second = Number(fields[1])
  switch (type) {
    case 'ok':
      return { type, firstVersion: first, firstPosition: second }
    case 'same':
      return { type, firstVersion: first, firstPosition: second, lastPosition: Number(fields[2]) }
    case 'version':
      return { type, actual: first }
    case 'event':
      return { type }
    case 'fenced':
      return { type, epoch: fields[0] === '' ? null : first }
    default:
      throw new StoreError(
        'store.schema.failed',
        `the database answered ${JSON.stringify(text)}, which is not known here`,
      )
  }
}

/** Answers of a batch, one per group. @throws {StoreError} `store.schema.failed` where they are not that */
export function parseAnswers(text: string, groups: number): readonly AppendAnswer[] {
  const answers = text.split(';').map(parseAnswer)
  if (answers.length === groups) return answers
  const message = `the database answered ${answers.length} times to ${groups} groups of events`
  throw new StoreError('store.schema.failed', message, { details: { groups, answers: answers.length } })
}
