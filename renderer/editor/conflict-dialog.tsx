import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { lastName } from '../files/paths.ts'
import { compareWithHost } from './compare.tsx'
import type { OpenDocument } from './documents.ts'
import type { OpenText, TextState } from './open-text.ts'
import { askWhere } from './save-as.tsx'
import { saveText } from './save-text.ts'

interface Props {
  readonly text: OpenText
  readonly document: OpenDocument
  readonly conflict: NonNullable<TextState['conflict']>
}

/** Somebody else was there: nothing was written, and nothing is until the person has said what. */
export function ConflictDialog({ text, document, conflict: { problem, path } }: Props) {
  const { t } = useTranslation('editor')
  const close = () => {
    text.state.setState({ conflict: undefined })
    requestAnimationFrame(() => text.text.view.focus())
  }
  return (
    <Modal opened onClose={close} size="lg" title={t(`conflict.${problem}.title`, { name: shownName(lastName(path)) })}>
      <Stack gap="sm">
        <Text>{t(`conflict.${problem}.text`, { path: shownName(path) })}</Text>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => {
              close()
              askWhere(text)
            }}
          >
            {t('saveAs.title')}
          </Button>
          <Button
            variant="default"
            color="red"
            onClick={() => void saveText(text, { path, expected: problem === 'gone' ? 'absent' : 'any' })}
          >
            {t(`conflict.${problem}.do`)}
          </Button>
          {problem === 'changed' && (
            <Button
              data-autofocus
              onClick={() => {
                close()
                void compareWithHost(text, document)
              }}
            >
              {t('compare.do')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
