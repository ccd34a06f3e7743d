import { useRef } from 'react'

/** Letters that come one after the other belong together. */
const PAUSE_MS = 800

/** Adds a letter to those just typed, and gives them all; the same letter again and again stays one. */
export function useTyped(): (letter: string) => string {
  const last = useRef({ text: '', at: 0 })
  return (letter) => {
    const { text, at } = last.current
    const now = Date.now()
    const goesOn = now - at < PAUSE_MS && text !== letter
    last.current = { text: goesOn ? text + letter : letter, at: now }
    return last.current.text
  }
}
