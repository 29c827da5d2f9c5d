import { DOCS_URL } from '@tranchebook/core'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { enterRegularly, followDips, type Strategy } from '@tranchebook/backtest'
import { CommandFailure } from '../command-failure.js'
import { isObject } from '../read/parse-json.js'
import type { BacktestRequest } from './backtest-request.js'

function isStrategy(value: unknown): value is Strategy {
  return isObject(value) && typeof value['name'] === 'string' && typeof value['onBar'] === 'function'
}

function unusable(path: string, came: string, cause?: unknown): CommandFailure {
  return new CommandFailure(
    {
      what: `${path} holds no strategy`,
      expected: `expected dips, regular, or a module that exports strategy, an object with name and onBar; got ${came}`,
      advice: `tranchebook backtest --help shows both, ${DOCS_URL}/backtest.md how to write one`,
    },
    { cause },
  )
}

async function loadStrategy(path: string): Promise<Strategy> {
  const module: unknown = await import(pathToFileURL(resolve(path)).href).catch((error: unknown) => {
    throw unusable(path, error instanceof Error ? error.message : String(error), error)
  })
  const { strategy } = typeof module === 'object' && module !== null && 'strategy' in module ? module : {}
  if (isStrategy(strategy)) return strategy
  throw unusable(path, 'a module without it')
}

/** The strategy that is asked for. @throws {CommandFailure} when a module holds none */
export async function chooseStrategy({ strategy, move, amount, every, side }: BacktestRequest): Promise<Strategy> {
  const size = amount === undefined ? {} : { amount }
  switch (strategy) {
    case 'dips':
      return followDips({
        ...size,
        ...(move === undefined ? {} : { movePercent: move }),
        ...(side === undefined ? {} : { sides: [side] }),
      })
    case 'regular':
      return enterRegularly({
        ...size,
        ...(every === undefined ? {} : { everyBars: every }),
        ...(side === undefined ? {} : { side }),
      })
    default:
      return loadStrategy(strategy)
  }
}
