import type { ReactNode } from 'react'
import classes from './many.module.css'

/** What a host printed; what is longer than its frame is scrolled, from the keyboard as well. */
export function Output({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a text, not parts of a form.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
    <div className={classes.output} role="group" tabIndex={0} aria-label={label}>
      {children}
    </div>
  )
}
