import { connectDashboard } from '@tranchebook/dashboard'

/** Closes what is isolated, after looking at what that would send; the answer is what was sent. */
export async function closeIsolated(url: string, token: string): Promise<readonly string[]> {
  const dashboard = connectDashboard({ url, token })
  const sent: string[] = []
  for (const { account, symbol } of (await dashboard.books()).books) {
    const { groups } = await dashboard.book({ account, symbol })
    for (const { id } of groups.flatMap(({ tranches }) => tranches).filter(({ isolated }) => isolated)) {
      const action = { account, symbol, command: 'closeTranche', tranche: id } as const
      const { says, orders, confirmation } = await dashboard.preview(action)
      if (confirmation === null) continue
      const { accepted } = await dashboard.act({ action, actor: 'my bot', confirmation })
      if (accepted) sent.push(says, ...orders.map(({ sentence }) => sentence))
    }
  }
  return sent
}
