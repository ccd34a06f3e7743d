import { Button } from '@mantine/core'
import { IconPlayerRecordFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { editSnippet } from '../snippets/edit-snippet.tsx'
import { stopRecording, useRecording } from './recording.ts'
import { findSession } from './sessions.ts'
import classes from './workspace.module.css'

/** Below a terminal's information, while what is typed there is recorded. */
export function RecordingBar({ tabKey }: { readonly tabKey: string }) {
  const { t } = useTranslation('snippets')
  const { key, lines } = useRecording()
  if (key !== tabKey) return undefined
  function keep() {
    const text = lines.join('\n')
    stopRecording()
    if (text !== '') editSnippet({ text, name: lines[0]?.slice(0, 60) ?? '' })
    else findSession(tabKey)?.terminal.focus()
  }
  return (
    <section className={classes.recording} aria-label={t('recording.title')}>
      <IconPlayerRecordFilled size={14} aria-hidden />
      <span className={classes.recordingText} title={lines.join('\n')}>
        {lines.length === 0 ? t('recording.empty') : t('recording.lines', { count: lines.length, last: lines.at(-1) })}
      </span>
      <Button size="compact-xs" onClick={keep} disabled={lines.length === 0}>
        {t('recording.keep')}
      </Button>
      <Button size="compact-xs" variant="default" onClick={stopRecording}>
        {t('recording.discard')}
      </Button>
    </section>
  )
}
