import { Button, Checkbox, Code, Group, Modal, ScrollArea, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { change } from '../settings/change.ts'
import { countLines } from './paste.ts'
import { pasteNow, usePasteRequest } from './paste-request.ts'

/** Shows several lines before they are pasted: without bracketed paste the shell runs each at once. */
export function PasteDialog() {
  const { t } = useTranslation('workspace')
  const request = usePasteRequest((state) => state.request)
  const [quiet, setQuiet] = useState(false)
  const close = () => {
    usePasteRequest.setState({ request: undefined })
    request?.session.terminal.focus()
  }
  function paste() {
    if (quiet) change({ warnBeforePastingLines: false })
    if (request) pasteNow(request.session, request.text, request.run)
    close()
  }
  const lines = request ? countLines(request.text) : 0
  const bracketed = request?.session.terminal.modes.bracketedPasteMode
  return (
    <Modal opened={request !== undefined} onClose={close} title={t('paste.title', { count: lines })} size="lg" returnFocus={false}>
      <Stack gap="sm">
        <Text size="sm">{bracketed ? t('paste.waits') : t('paste.runs')}</Text>
        <ScrollArea.Autosize mah="40vh" type="auto">
          <Code block aria-label={t('paste.text')}>
            {request?.text}
          </Code>
        </ScrollArea.Autosize>
        <Checkbox label={t('paste.quiet')} checked={quiet} onChange={(event) => setQuiet(event.currentTarget.checked)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button onClick={paste} data-autofocus>
            {t('paste.paste')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
