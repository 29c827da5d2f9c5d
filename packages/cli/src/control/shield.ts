/** Whether stops that rest at the venue cover a group, as its book knows it. */
export interface Shield {
  readonly protected: boolean
  readonly uncovered: readonly { readonly tranche: string; readonly quantity: string }[]
  /** Since when its book is not protected, ms; `null` = it is, or nobody has looked since. */
  readonly unprotectedMs: number | null
}
