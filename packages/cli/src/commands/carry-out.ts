import type { Action, ActionAnswer, ActionPreview } from '@tranchebook/dashboard'
import type { AccountOwner } from '../control/account-owner.js'
import type { ActRequest } from '../control/action-request.js'
import { actorName } from '../control/actor-name.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { jsonText, visibleText } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'

function previewText({ says, orders, changes, problems }: ActionPreview): string {
  const lines = [
    says,
    ...changes.map(({ option, before, after }) => `  ${option}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`),
    ...orders.map(({ symbol, sentence }) => `  would ${sentence} (${symbol})`),
    ...problems.map(({ option, message }) => `  cannot: ${option === '' ? '' : `${option}: `}${message}`),
  ]
  return visibleText(`${lines.join('\n')}\n`)
}

function answerText({ results }: ActionAnswer): string {
  const lines = results.flatMap(({ symbol, accepted, code, message, sentences }) =>
    accepted
      ? [`${symbol}: done`, ...sentences.map((sentence) => `  ${sentence}`)]
      : [`${symbol}: refused (${code ?? 'unknown'}): ${message ?? 'without a reason'}`],
  )
  return visibleText(`${lines.join('\n')}\n`)
}

/** A question to the process, and where its answer goes. */
export interface ActStage {
  readonly request: ActRequest
  readonly terminal: Terminal
}

/** Has the process that owns an account do something, or says what it would do. */
export async function carryOut(
  owner: AccountOwner,
  action: Action,
  { request, terminal }: ActStage,
): Promise<ExitCode> {
  const preview = await owner.preview(action)
  const { confirmation } = preview
  const isUnsaid = action.command === 'killSwitch' && request.yes !== true
  if (request.dryRun === true || isUnsaid || confirmation === null) {
    const json = { schema: 'tranchebook/action-preview/1', action, ...preview, confirmation: undefined }
    await terminal.print(request.json === true ? jsonText(json) : previewText(preview))
    if (confirmation === null) return EXIT.refused
    terminal.note(request.dryRun === true ? 'nothing was done: a dry run' : 'NOTHING WAS DONE: say --yes to do it')
    return request.dryRun === true ? EXIT.fine : EXIT.usage
  }
  const answer = await owner.act({ action, actor: actorName(), confirmation })
  await terminal.print(
    request.json === true ? jsonText({ schema: 'tranchebook/action/1', action, ...answer }) : answerText(answer),
  )
  return answer.accepted ? EXIT.fine : EXIT.refused
}
