import { useEffect, useState } from 'react'

/** Whole seconds until then, counting down to nothing; undefined without a time. */
export function useSecondsUntil(iso: string | undefined): number | undefined {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!iso) return undefined
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [iso])
  return iso === undefined ? undefined : Math.max(0, Math.ceil((new Date(iso).getTime() - now) / 1000))
}
