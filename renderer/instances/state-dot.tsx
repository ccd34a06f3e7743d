import type { InstanceState } from '../../contract/models/instance.ts'
import classes from './instances.module.css'

/** A colour for the eye; the word stands beside it or in the line's name. */
export function StateDot({ state }: { readonly state: InstanceState }) {
  return <span className={classes.dot} data-state={state} aria-hidden />
}
