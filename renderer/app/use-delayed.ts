import { useEffect, useState } from 'react'

/** True once `flag` has been true for a while: what is over before anybody noticed shows no spinner. */
export function useDelayed(flag: boolean, ms = 200): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!flag) return setLate(false)
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [flag, ms])
  return flag && late
}
