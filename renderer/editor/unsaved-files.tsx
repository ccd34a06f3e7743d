import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { DraftEntry } from '../../contract/models/text-file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api } from '../api/client.ts'
import { useDrafts } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { lastName } from '../files/paths.ts'
import { openDocument, useDocuments } from './documents.ts'
import classes from './unsaved-files.module.css'

/** What was not saved of this host's files when Mooring ended, and stands in no tab. */
export function UnsavedFiles({ target, host }: { readonly target: Target; readonly host: string }) {
  const { t } = useTranslation('editor')
  const drafts = useDrafts()
  const documents = useDocuments((state) => state.documents)
  const wanted = targetKey(target)
  const open = new Set(documents.filter((document) => targetKey(document.target) === wanted).map(fileOf))
  const lost = drafts.filter((draft) => targetKey(draft.target) === wanted && !open.has(fileOf(draft)))
  if (lost.length === 0) return undefined
  return (
    <ul className={classes.unsaved} aria-label={t('drafts.title')}>
      {lost.map(({ id, path, asRoot }) => (
        <li key={id} title={shownName(path)}>
          <IconHistory size={14} aria-hidden />
          <span>{t('drafts.one', { name: shownName(lastName(path)) })}</span>
          <Button size="compact-xs" variant="default" onClick={() => openDocument({ target, host, path, asRoot })}>
            {t('drafts.open')}
          </Button>
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => void attempt(() => api.editor.drafts.discard({ id }))}>
            {t('drafts.discard')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

const fileOf = ({ path, asRoot }: Pick<DraftEntry, 'path' | 'asRoot'>) => JSON.stringify([path, asRoot])
