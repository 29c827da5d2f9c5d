import { TranchebookError } from '@tranchebook/core'
import type { ProblemView } from './api/problem.js'

/** A request that is not answered as asked: an HTTP status, what was expected and came, and what to do. */
export class RequestError extends TranchebookError {
  readonly status: number
  readonly advice: string

  constructor(code: string, message: string, { status, advice }: { readonly status: number; readonly advice: string }) {
    super(code, message)
    this.status = status
    this.advice = advice
  }

  /** What the client is told. */
  get problem(): ProblemView {
    const { code, message, advice } = this
    return { code, message, advice }
  }
}
