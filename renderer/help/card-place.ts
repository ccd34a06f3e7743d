/** In CSS pixels of the window. */
export interface Rectangle {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const GAP = 16
/** More than a step's card is high, with its text in either language. */
const CARD_HEIGHT = 230

/** Beside what it is about, where there is room, so that it covers nothing of it; else over the middle of it. */
export function cardPlace(
  anchor: Rectangle | undefined,
  window: { readonly width: number; readonly height: number },
  width: number,
): { readonly left: number; readonly top: number } {
  const about = anchor ?? { left: 0, top: 0, ...window }
  const middle = about.top + about.height / 2 - CARD_HEIGHT / 2
  const top = Math.round(Math.max(GAP, Math.min(middle, window.height - CARD_HEIGHT - GAP)))
  const right = about.left + about.width + GAP
  if (right + width + GAP <= window.width) return { left: Math.round(right), top }
  const left = about.left - width - GAP
  if (left >= GAP) return { left: Math.round(left), top }
  const over = about.left + (about.width - width) / 2
  return { left: Math.round(Math.max(GAP, Math.min(over, window.width - width - GAP))), top }
}
