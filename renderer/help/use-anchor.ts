import { useEffect, useState } from 'react'
import type { Rectangle } from './card-place.ts'

/** Where the part of the screen is that a step is about; undefined while it is not to be seen, as in a narrow window. */
export function useAnchor(step: string): Rectangle | undefined {
  const [place, setPlace] = useState<Rectangle>()
  useEffect(() => {
    const look = () => setPlace(placeOf(step))
    look()
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [step])
  return place
}

function placeOf(step: string): Rectangle | undefined {
  const found = document.querySelector(`[data-tour="${step}"]`)?.getBoundingClientRect()
  return found && found.width > 0 ? { left: found.left, top: found.top, width: found.width, height: found.height } : undefined
}
