import { useTranslation } from 'react-i18next'
import classes from './status-bar.module.css'

export function StatusBar() {
  const { t } = useTranslation()
  return <footer role="contentinfo" className={classes.bar} aria-label={t('status.title')} />
}
