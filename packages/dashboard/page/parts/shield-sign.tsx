import type { JSX } from 'preact'

/** A shield, whole where protected, broken where not. Its meaning stands beside it in words. */
export function ShieldSign({ isWhole }: { readonly isWhole: boolean }): JSX.Element {
  return (
    <svg
      class={isWhole ? 'shield-sign' : 'shield-sign is-broken'}
      width="12"
      height="14"
      viewBox="0 0 12 14"
      aria-hidden="true"
    >
      <path d="M6 1L11 2.6V7C11 10 8.8 12 6 13C3.2 12 1 10 1 7V2.6Z" />
      {isWhole ? <path class="mark" d="M3.6 6.8L5.4 8.6L8.6 5" /> : <path class="mark" d="M6 3.6V7.6M6 9.4V10.4" />}
    </svg>
  )
}
