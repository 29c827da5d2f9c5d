import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import type { BooksRequest } from './books-request.js'

/** Narrows a request to the book that a stream's name says. @throws {CommandFailure} when it is no such name */
export function ofStream<Request extends BooksRequest>(stream: string | null, request: Request): Request {
  if (stream === null) return request
  const [account = '', symbol = '', ...rest] = stream.split('/')
  if (account !== '' && symbol !== '' && rest.length === 0) return { ...request, account, symbol }
  throw new CommandFailure(
    {
      what: `${stream} is not the name of a book`,
      expected: `expected account/symbol, such as main/BTCUSDT; got ${stream}`,
      advice: 'tranchebook position list --all --json shows accounts and symbols',
    },
    { exitCode: EXIT.usage },
  )
}
