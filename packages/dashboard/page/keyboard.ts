import { bookBeside } from './rail/filter-books.js'
import type { PageState } from './state/page-state.js'

/** Keys that work everywhere but in fields, with what they do. */
export const KEYS: readonly (readonly [string, string])[] = [
  ['j / k', 'next and previous book'],
  ['/', 'search books'],
  ['← / →', 'one event back and on; with Shift ten'],
  ['Esc', 'back to now'],
  ['?', 'this list'],
]

const LEAP = 10

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, dialog') !== null
}

function chooseBook(page: PageState, steps: number): void {
  const list = page.books.loaded.peek().value
  const book = bookBeside(list?.books ?? [], page.place.peek(), steps)
  if (book === undefined) return
  const { account, symbol } = book
  const route = page.route.peek()
  page.openBook({ account, symbol }, route.type === 'book' ? route.room : 'book')
}

function travelBy(page: PageState, steps: number): void {
  const book = page.book.loaded.peek().value
  if (book === null) return
  const version = Math.max(1, (page.version.peek() ?? book.newestVersion) + steps)
  page.travel(version >= book.newestVersion ? null : version)
}

function actOn(page: PageState, { key, shiftKey }: KeyboardEvent): boolean {
  switch (key) {
    case 'j':
    case 'k':
      chooseBook(page, key === 'j' ? 1 : -1)
      return true
    case '/':
      document.getElementById('book-search')?.focus()
      return true
    case 'ArrowLeft':
    case 'ArrowRight':
      travelBy(page, (key === 'ArrowRight' ? 1 : -1) * (shiftKey ? LEAP : 1))
      return true
    case 'Escape':
      page.travel(null)
      return true
    case '?':
      page.isHelpOpen.value = true
      return true
    default:
      return false
  }
}

/** Listens to the keys of the page. */
export function listenToKeys(page: PageState, target: Document): void {
  target.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (actOn(page, event)) event.preventDefault()
  })
}
