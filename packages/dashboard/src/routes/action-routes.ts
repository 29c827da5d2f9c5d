import { API_PATHS } from '../api/paths.js'
import { Confirmations } from '../act/confirmations.js'
import { parseAction } from '../act/parse-action.js'
import { performAction } from '../act/perform-action.js'
import { previewAction } from '../act/preview-action.js'
import type { ReadContext } from '../read/read-context.js'
import { json } from '../server/answer.js'
import { readObject } from '../server/read-request.js'
import type { Route } from '../server/route-table.js'

/** What may be done: first looked at, then confirmed. */
export function actionRoutes(context: ReadContext): readonly Route[] {
  const confirmations = new Confirmations()
  return [
    {
      method: 'POST',
      path: API_PATHS.preview,
      answer: async ({ request }) =>
        json(await previewAction(context, parseAction(await readObject(request)), confirmations)),
    },
    {
      method: 'POST',
      path: API_PATHS.act,
      answer: async ({ request }) => {
        const { action, actor, confirmation } = await readObject(request)
        return json(await performAction(context, { action: parseAction(action), actor, confirmation }, confirmations))
      },
    },
  ]
}
