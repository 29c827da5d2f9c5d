import { describe, expect, it } from 'vitest'
import type { ApiClient, Answered } from './api-client.js'
import { Resource } from './resource.js'

/** A server whose answers are given by hand, in any order. */
class SlowServer {
  readonly asked: { readonly path: string; readonly answer: (value: unknown) => void }[] = []

  readonly client = {
    read: (path: string) =>
      new Promise((resolve) => {
        this.asked.push({ path, answer: resolve })
      }),
  } as unknown as ApiClient

  async answer(index: number, value: Answered<string>): Promise<void> {
    this.asked[index]?.answer(value)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
  }
}

const value = (text: string): Answered<string> => ({ type: 'answer', value: text })
const PROBLEM = { code: 'x', message: 'no', advice: 'wait' }

describe('a resource', () => {
  it('keeps what it has until the next answer is there, and what went wrong beside it', async () => {
    const server = new SlowServer()
    const resource = new Resource<string>(server.client)
    resource.show('/one')
    await server.answer(0, value('first'))
    resource.refresh()
    expect(resource.loaded.value).toEqual({ value: 'first', problem: null })
    await server.answer(1, { type: 'problem', problem: PROBLEM })
    expect(resource.loaded.value).toEqual({ value: 'first', problem: PROBLEM })
    resource.refresh()
    await server.answer(2, value('second'))
    expect(resource.loaded.value).toEqual({ value: 'second', problem: null })
  })

  it('answers any number of requests that come while one is under way by one more', async () => {
    const server = new SlowServer()
    const resource = new Resource<string>(server.client)
    resource.show('/one')
    resource.refresh()
    resource.refresh()
    expect(server.asked).toHaveLength(1)
    await server.answer(0, value('old'))
    expect(server.asked).toHaveLength(2)
    await server.answer(1, value('new'))
    expect(server.asked).toHaveLength(2)
    expect(resource.loaded.value.value).toBe('new')
  })

  it('never shows the answer to a path that is no longer wanted', async () => {
    const server = new SlowServer()
    const resource = new Resource<string>(server.client)
    resource.show('/one')
    resource.show('/two')
    await server.answer(1, value('two'))
    await server.answer(0, value('one'))
    expect(resource.loaded.value.value).toBe('two')
  })

  it('empties itself for another path, unless it is told to keep', async () => {
    const server = new SlowServer()
    const resource = new Resource<string>(server.client)
    resource.show('/one')
    await server.answer(0, value('one'))
    resource.show('/two', true)
    expect(resource.loaded.value.value).toBe('one')
    resource.show('/three')
    expect(resource.loaded.value.value).toBeNull()
  })
})
