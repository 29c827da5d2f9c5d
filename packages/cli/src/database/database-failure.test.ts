import { StoreError } from '@tranchebook/store'
import { describe, expect, it } from 'vitest'
import { CommandFailure } from '../command-failure.js'
import { databaseFailure } from './database-failure.js'

describe('databaseFailure', () => {
  it('a connection that was lost is a failure of the database', () => {
    const lost = new StoreError('store.connection.lost', 'the connection to the database was lost')
    const failure = databaseFailure('the database h/books', lost)
    expect(failure).toBeInstanceOf(CommandFailure)
    expect(String(failure)).toContain('cannot use the database h/books')
  })

  it('what carries no code is thrown on as it is', () => {
    const bug = new TypeError('x is not a function')
    expect(databaseFailure('the database h/books', bug)).toBe(bug)
  })
})
