import { Button, Group, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { lastName } from '../files/paths.ts'
import { findDocument, forgetDocument, useDocuments } from './documents.ts'

const QUESTION = 'close-document'

/** Closes the tab; with unsaved work the person is asked. */
export function closeDocument(key: string): void {
  if (useDocuments.getState().unsaved.has(key)) askBeforeClosing(key)
  else forgetDocument(key)
}

export function askBeforeClosing(key: string): void {
  const name = shownName(lastName(findDocument(key)?.path ?? ''))
  modals.open({ modalId: QUESTION, title: i18next.t('editor:unsaved.title', { name }), children: <Question documentKey={key} /> })
}

function Question({ documentKey: key }: { readonly documentKey: string }) {
  const { t } = useTranslation('editor')
  const close = () => {
    modals.close(QUESTION)
    forgetDocument(key)
  }
  async function save() {
    const [{ findText }, { saveText }] = await Promise.all([import('./open-texts.ts'), import('./save-text.ts')])
    const text = findText(key)
    modals.close(QUESTION)
    if (text && (await saveText(text))) forgetDocument(key)
  }
  async function throwAway() {
    const { findText } = await import('./open-texts.ts')
    findText(key)?.forgetDraft()
    close()
  }
  return (
    <Stack gap="sm">
      <Text>{t('unsaved.text')}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => modals.close(QUESTION)}>
          {t('cancel')}
        </Button>
        <Button variant="default" color="red" onClick={() => void throwAway()}>
          {t('unsaved.throwAway')}
        </Button>
        <Button data-autofocus onClick={() => void save()}>
          {t('save')}
        </Button>
      </Group>
    </Stack>
  )
}
