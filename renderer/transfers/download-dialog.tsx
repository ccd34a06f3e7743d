import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppInfo, useTerminal } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { downloadFiles } from './actions.ts'

/** By its path, for whoever knows it. */
export function DownloadDialog({ terminalId }: { readonly terminalId: string }) {
  const { t } = useTranslation('transfers')
  const { t: shell } = useTranslation()
  const terminal = useTerminal(terminalId)
  const desktop = useAppInfo()?.canChooseFiles
  const [path, setPath] = useState('')
  return (
    <Modal opened onClose={closeDialog} title={t('download.title', { host: terminal?.name ?? '' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          closeDialog()
          void downloadFiles(terminalId, [path.trim()])
        }}
      >
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t('download.path')}
            description={t(desktop ? 'download.helpDesktop' : 'download.help')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            spellCheck={false}
            autoCapitalize="off"
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeDialog}>
              {shell('cancel')}
            </Button>
            <Button type="submit" disabled={path.trim() === ''}>
              {t('download.go')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
