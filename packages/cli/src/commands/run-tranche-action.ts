import type { Action, ActionAnswer, ActionPreview } from '@tranchebook/dashboard'
import type { AccountOwner } from '../control/account-owner.js'
import type { ActRequest } from '../control/action-request.js'
import { actorName } from '../control/actor-name.js'
import { findOwner } from '../control/find-owner.js'
import { chooseOpenTranches, type ChosenTranches } from '../control/open-tranches.js'
import { EXIT, type ExitCode } from '../exit-codes.js'
import { jsonText, visibleText } from '../format/visible-text.js'
import type { Terminal } from '../terminal.js'

/** Which tranches, and what shall become of them. */
export interface TrancheAction {
  readonly tranches: readonly string[]
  readonly actionOn: (chosen: ChosenTranches) => Action
}

function previewText({ says, orders, problems }: ActionPreview): string {
  const lines = [
    says,
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

async function act(owner: AccountOwner, action: Action, confirmation: string): Promise<ActionAnswer> {
  return owner.act({ action, actor: actorName(), confirmation })
}

/**
 * Has the process that owns the account do something with tranches, or says what it would do.
 *
 * @throws {CommandFailure} when no process owns the account, or a tranche is not there
 */
export async function runTrancheAction(
  { tranches, actionOn }: TrancheAction,
  request: ActRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const owner = await findOwner(request, terminal)
  const action = actionOn(await chooseOpenTranches(owner, tranches, request))
  const preview = await owner.preview(action)
  const { confirmation } = preview
  if (request.dryRun === true || confirmation === null) {
    const json = { schema: 'tranchebook/action-preview/1', action, ...preview, confirmation: undefined }
    await terminal.print(request.json === true ? jsonText(json) : previewText(preview))
    return confirmation === null ? EXIT.refused : EXIT.fine
  }
  const answer = await act(owner, action, confirmation)
  await terminal.print(
    request.json === true ? jsonText({ schema: 'tranchebook/action/1', action, ...answer }) : answerText(answer),
  )
  return answer.accepted ? EXIT.fine : EXIT.refused
}
