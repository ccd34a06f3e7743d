import { useTranslation } from 'react-i18next'
import type { InstanceState } from '../../contract/models/instance.ts'
import classes from './instances.module.css'

/** A colour for the eye and, beside it or for a screen reader, the word. */
export function StateDot({ state, silent = false }: { readonly state: InstanceState; readonly silent?: boolean }) {
  const { t } = useTranslation()
  return (
    <span
      className={classes.dot}
      data-state={state}
      {...(silent ? { 'aria-hidden': true } : { role: 'img', 'aria-label': t(`states.${state}`) })}
    />
  )
}
