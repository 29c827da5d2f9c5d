import { figureText, formatClock, formatDay } from '@tranchebook/core'
import type { JSX } from 'preact'
import { API_PATHS, type HealthDetail, type HealthView } from '../../src/api/index.js'
import { HealthPill } from '../bar/health-pill.js'
import { Age } from '../parts/age.js'
import { WhenLoaded } from '../parts/loaded.js'
import { Empty } from '../parts/notice.js'
import { Panel } from '../parts/panel.js'
import { useResource } from '../parts/use-resource.js'
import { LastComparisonPanel } from '../reconciliation/last-comparison.js'
import { AccountPanel } from './account-panel.js'
import { BudgetPanel } from './budget-panel.js'
import { RecoveryPanel } from './recovery-panel.js'

const METRIC_WORDS: Readonly<Record<string, string>> = {
  appendMsLast: 'last append, ms',
  appendMsMax: 'longest append, ms',
  unprotectedMs: 'unprotected for, ms',
}

function metricWords(name: string): string {
  return METRIC_WORDS[name] ?? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function State({ health }: { readonly health: HealthView }): JSX.Element {
  return (
    <Panel title="State" tools={<HealthPill health={{ ...health, reasons: [] }} />}>
      <p class="advice">{health.advice}</p>
      {health.reasons.length === 0 && <Empty title="No complaint">Nothing keeps the books from trading.</Empty>}
      <ul class="reasons">
        {health.reasons.map(({ code, message, advice, since, level, symbol }) => (
          <li key={`${code}/${symbol}`} class={level}>
            <strong>
              <span aria-hidden="true">{level === 'halted' ? '■' : '◐'}</span> {symbol === null ? '' : `${symbol}: `}
              {message}
            </strong>
            <p>{advice}</p>
            <span class="quiet">
              {code}, for <Age since={since} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Machine({ detail }: { readonly detail: HealthDetail }): JSX.Element {
  const { store, versions, startedTime, viewers } = detail
  return (
    <Panel title="Process and store">
      <dl class="pairs">
        <dt>version</dt>
        <dd>{versions.tranchebook}</dd>
        <dt>Node</dt>
        <dd>{versions.node}</dd>
        <dt>page served since</dt>
        <dd class="figure">
          {formatDay(startedTime)} {formatClock(startedTime)} UTC
        </dd>
        <dt>pages open</dt>
        <dd class="figure">{viewers}</dd>
        <dt>log</dt>
        <dd>{store.logId}</dd>
        <dt>newest event of the log</dt>
        <dd class="figure">{figureText(store.position)}</dd>
      </dl>
    </Panel>
  )
}

function Metrics({ metrics }: { readonly metrics: HealthDetail['metrics'] }): JSX.Element | null {
  const names = Object.keys(metrics)
  if (names.length === 0) return null
  return (
    <Panel title="Since the start">
      <dl class="pairs metrics">
        {names.map((name) => (
          <div key={name}>
            <dt>{metricWords(name)}</dt>
            <dd class="figure">{figureText(`${Math.round((metrics[name] ?? 0) * 100) / 100}`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  )
}

/** How the machinery is, and what the runbook says to do. */
export function HealthRoom(): JSX.Element {
  const loaded = useResource<HealthDetail>(API_PATHS.health)
  return (
    <div class="health-room">
      <h1>Health</h1>
      <WhenLoaded loaded={loaded}>
        {(detail) => (
          <>
            <State health={detail.health} />
            <div class="columns">
              <AccountPanel account={detail.account} />
              <LastComparisonPanel comparison={detail.lastComparison} />
              <Machine detail={detail} />
              <BudgetPanel budget={detail.budget} />
              <RecoveryPanel recovery={detail.recovery} />
            </div>
            <Metrics metrics={detail.metrics} />
          </>
        )}
      </WhenLoaded>
    </div>
  )
}
