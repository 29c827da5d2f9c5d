import type { CommandInput, TrancheBook } from '@tranchebook/core'

/** The command that ends the conflict of a book whose venue holds the other side; none where there is no such conflict. */
export function takeOverCommands(
  book: TrancheBook,
  time: number,
  actor: string | null = null,
): readonly CommandInput[] {
  if (book.conflict !== 'oppositeSide' || book.checks.BOTH?.status !== 'conflict') return []
  const { account, symbol } = book
  return [{ type: 'command', id: `takeOver:${time}`, time, account, symbol, actor, command: 'takeOver' }]
}
