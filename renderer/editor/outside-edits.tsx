import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconExternalLink, IconX } from '@tabler/icons-react'
import type { i18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { OutsideEdit } from '../../contract/models/outside-edit.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api } from '../api/client.ts'
import { useOutsideEdits } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { errorSentence } from '../app/error-words.ts'
import { lastName } from '../files/paths.ts'
import { formatMoment } from '../words/formats.ts'
import { openDocument } from './documents.ts'
import classes from './unsaved-files.module.css'

/** What of this host is in the system's editor, and whether its saves have come to the host. */
export function OutsideEdits({ target }: { readonly target: Target }) {
  const { t } = useTranslation('editor')
  const wanted = targetKey(target)
  const edits = useOutsideEdits().filter((edit) => targetKey(edit.target) === wanted)
  if (edits.length === 0) return undefined
  return (
    <ul className={`${classes.unsaved} ${classes.outside}`} aria-label={t('outside.title')}>
      {edits.map((edit) => (
        <Line key={edit.id} edit={edit} />
      ))}
    </ul>
  )
}

function Line({ edit }: { readonly edit: OutsideEdit }) {
  const { t, i18n } = useTranslation('editor')
  const { id, path, phase } = edit
  const name = shownName(lastName(path))
  const save = (overwrite: boolean) => void attempt(() => api.editor.outside.save({ id, overwrite }))
  const close = () => attempt(() => api.editor.outside.close({ id }))
  async function bringHere() {
    const { target, host, asRoot } = edit
    await close()
    openDocument({ target, host, path, asRoot })
  }
  return (
    <li title={shownName(path)}>
      <IconExternalLink size={14} aria-hidden />
      <span role="status">{stateSentence(edit, i18n)}</span>
      {phase.kind === 'failed' && (
        <Button size="compact-xs" variant="default" onClick={() => save(false)}>
          {t('outside.again')}
        </Button>
      )}
      {phase.kind === 'conflict' && (
        <>
          <Button size="compact-xs" variant="default" onClick={() => void bringHere()}>
            {t('outside.compare')}
          </Button>
          <Button size="compact-xs" variant="subtle" color="red" onClick={() => save(true)}>
            {t('conflict.changed.do')}
          </Button>
        </>
      )}
      <Tooltip label={t('outside.close')}>
        <ActionIcon size="sm" aria-label={t('outside.closeOne', { name })} onClick={() => void close()}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </li>
  )
}

function stateSentence({ path, phase }: OutsideEdit, { t, language }: i18n): string {
  const name = shownName(lastName(path))
  if (phase.kind === 'failed') return errorSentence(phase.error, t, language)
  if (phase.kind !== 'open' || !phase.savedAt) return t(`editor:outside.${phase.kind}`, { name })
  return t('editor:outside.saved', { name, when: formatMoment(phase.savedAt, language) })
}
