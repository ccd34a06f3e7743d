import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'

/** Whose file it is and where; of a long path its end is to be seen. */
export function DocumentPath({ document: { host, asRoot }, path }: { readonly document: OpenDocument; readonly path: string }) {
  const { t } = useTranslation('editor')
  return (
    <>
      <span className={classes.host}>{host}</span>
      <span className={classes.path} title={shownName(path)}>
        <bdi>{shownName(path)}</bdi>
      </span>
      {asRoot && <span className={classes.root}>{t('asRoot')}</span>}
    </>
  )
}
