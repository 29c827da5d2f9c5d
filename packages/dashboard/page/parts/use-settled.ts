import { useEffect, useState } from 'preact/hooks'

/** A value once it has stayed for a while: what is dear to read is not read for each step of a slider. */
export function useSettled<Value>(value: Value, afterMs: number): Value {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => {
      settle(value)
    }, afterMs)
    return () => {
      clearTimeout(timer)
    }
  }, [value])
  return settled
}
