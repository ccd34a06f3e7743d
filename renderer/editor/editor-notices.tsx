import { Alert, Button, Group } from '@mantine/core'
import { IconHistory, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { openTarget } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatDateTime } from '../words/formats.ts'
import { compareWithHost } from './compare.tsx'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import type { OpenText } from './open-text.ts'
import { saveText } from './save-text.ts'

interface Props {
  readonly text: OpenText
  readonly document: OpenDocument
}

/** What one has to know about this text. */
export function EditorNotices({ text, document }: Props) {
  const { t, i18n } = useTranslation('editor')
  const { error, restored, notUtf8, savedInPlace } = useStore(text.state)
  const unconnected = error?.code === 'FILES_UNAVAILABLE' && error.details.problem === 'not-connected'
  if (!error && !restored && !notUtf8 && !savedInPlace) return undefined
  return (
    <div className={classes.notices}>
      {error && (
        <ErrorMessage error={error} onRetry={() => void saveText(text)}>
          {unconnected && (
            <Button size="compact-sm" variant="default" onClick={() => openTarget(document.target)}>
              {t('connect')}
            </Button>
          )}
        </ErrorMessage>
      )}
      {restored && (
        <Alert color="yellow" variant="light" p="xs" icon={<IconHistory />} role="status">
          {t('restored', { when: formatDateTime(restored, i18n.language) })}
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" variant="default" onClick={() => void compareWithHost(text, document)}>
              {t('compare.do')}
            </Button>
          </Group>
        </Alert>
      )}
      {notUtf8 && <Note>{t('notUtf8')}</Note>}
      {savedInPlace && <Note>{t('savedInPlace')}</Note>}
    </div>
  )
}

function Note({ children }: { readonly children: string }) {
  return (
    <div className={classes.note} role="status">
      <IconInfoCircle size={14} aria-hidden />
      {children}
    </div>
  )
}
