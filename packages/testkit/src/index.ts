export { type ConfigsOptions, configs, scaledLevels } from './arbitraries/configs.js'
export { reportsAhead, shuffledFar, shuffledWithin, withDuplicates } from './arbitraries/disturbances.js'
export { type FillFeedOptions, fillFeeds } from './arbitraries/fill-feeds.js'
export { fundings } from './arbitraries/fundings.js'
export { type History, type HistoryOptions, histories } from './arbitraries/histories.js'
export { instrumentOf, modelInstrumentOf } from './arbitraries/instrument-of.js'
export { instruments, type MarketTexts } from './arbitraries/instruments.js'
export { marks } from './arbitraries/marks.js'
export { positionReports } from './arbitraries/position-reports.js'
export { compareBook } from './compare/compare-book.js'
export { checkLog } from './laws/check-log.js'
export { checkHistories, type HistoryLawOptions } from './laws/check-histories.js'
export { checkReplay } from './laws/check-replay.js'
export { checkClosingRule, type ClosingCase, closingCases } from './laws/closing-rule.js'
export { LawError } from './laws/law-error.js'
export { lawParameters, type LawOptions } from './laws/run-law.js'
export { checkStopRule, type StopCase, stopCases } from './laws/stop-rule.js'
export type { ConfigFile, OptionsFile } from './lines/config-file.js'
export type {
  CommandLine,
  FillLine,
  FundingLine,
  InputLine,
  LineHeader,
  MarkLine,
  PositionLine,
} from './lines/input-line.js'
export { type Counterexample, type CounterexampleFiles, reportCounterexample } from './lines/report-counterexample.js'
export { toInputLines } from './lines/to-input-lines.js'
export type { ModelInstrument } from './model/model-options.js'
export type { ModelGroupReport, ModelReport, ModelTrancheReport } from './model/model-report.js'
export { type ModelSetup, ReferenceModel } from './model/reference-model.js'
