import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { Empty, Problem, Waiting } from './parts/notice.js'
import { usePage } from './parts/page-context.js'

/** Opens the book that wants attention most, or says how one comes about. */
export function Home(): JSX.Element {
  const page = usePage()
  const { value: list, problem } = page.books.loaded.value
  const first = list?.books[0]
  useEffect(() => {
    if (first === undefined) return
    const { account, symbol } = first
    page.route.value = { type: 'book', place: { account, symbol }, room: 'book', version: null }
  }, [first === undefined])
  if (list === null) return problem === null ? <Waiting /> : <Problem problem={problem} />
  if (page.account.loaded.value.value?.badge === 'RECORDED')
    return <Empty title="No book">This recording holds no event: look whether it is the right file or directory.</Empty>
  return (
    <Empty title="No book yet">
      A book opens with the first event of its symbol. Start a bot, send an order, or replay a recording; this page
      shows it as soon as it happens.
    </Empty>
  )
}
