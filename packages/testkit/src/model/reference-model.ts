import type { ConfigFile } from '../lines/config-file.js'
import type { InputLine } from '../lines/input-line.js'
import { applyCommand } from './command-step.js'
import { applyFill } from './fill-step.js'
import { applyFunding } from './funding-step.js'
import { applyMark } from './mark-step.js'
import { emptyModelBook, type ModelBook } from './model-book.js'
import { type ModelInstrument, PLAIN_INSTRUMENT } from './model-options.js'
import { type ModelReport, modelReport, modelResultAt, modelUnmatchedAt, modelVenueResultAt } from './model-report.js'
import { parseModelOptions } from './parse-model-options.js'
import { applyPosition } from './position-step.js'
import { add, parseRatio, toText } from '../exact/ratio.js'
import type { ModelRules } from './targets.js'

/** Whose rules the model follows. */
export interface ModelSetup {
  readonly config: ConfigFile
  readonly symbol: string
  readonly instrument?: ModelInstrument
}

/**
 * The whole domain once more, written for obviousness: exact fractions, plain objects, no orders of its own. It watches, and
 * takes its inputs in the venue's order (time, then trade id).
 */
export class ReferenceModel {
  readonly book: ModelBook = emptyModelBook()
  readonly rules: ModelRules

  constructor(setup: ModelSetup) {
    const instrument = setup.instrument ?? PLAIN_INSTRUMENT
    this.rules = { options: parseModelOptions(setup.config, setup.symbol), instrument }
  }

  /** Takes one input. */
  observe(line: InputLine): void {
    switch (line.type) {
      case 'fill':
        return applyFill(this.book, line, this.rules)
      case 'mark':
        return applyMark(this.book, line, this.rules)
      case 'funding':
        return applyFunding(this.book, line)
      case 'position':
        return applyPosition(this.book, line, this.rules)
      case 'command':
        return applyCommand(this.book, line, this.rules)
    }
  }

  /** What a replay of the same inputs should report. */
  report(): ModelReport {
    return modelReport(this.book, this.rules.instrument)
  }

  /**
   * Gross realized + unrealized at a price: by lots, and by average cost. The two are the same number. `whole` counts closes that
   * found nothing as well, each at its own price.
   */
  resultsAt(price: string): { readonly byLots: string; readonly byAverageCost: string; readonly whole: string } {
    const at = parseRatio(price)
    const byLots = modelResultAt(this.book, at)
    const byAverageCost = toText(modelVenueResultAt(this.book, at))
    return { byLots: toText(byLots), byAverageCost, whole: toText(add(byLots, modelUnmatchedAt(this.book, at))) }
  }
}
