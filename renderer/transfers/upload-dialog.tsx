import { Button, FileButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppInfo, useTerminal } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { formatBytes, formatNumber } from '../words/formats.ts'
import { uploadChosen, uploadFiles } from './actions.ts'
import { type PickedFile, pickedFiles } from './picked.ts'

interface Props {
  readonly terminalId: string
  /** What was dropped; none: to be chosen here. */
  readonly files: readonly PickedFile[]
  /** Proposed; the login's own one unless told. */
  readonly folder?: string
  readonly asRoot?: boolean
}

/** What goes where, before it goes. */
export function UploadDialog({ terminalId, files: dropped, folder: proposed = '~', asRoot = false }: Props) {
  const { t, i18n } = useTranslation('transfers')
  const { t: shell } = useTranslation()
  const terminal = useTerminal(terminalId)
  const desktop = useAppInfo()?.canChooseFiles
  const [files, setFiles] = useState(dropped)
  const [folder, setFolder] = useState(proposed)
  const size = files.reduce((sum, { file }) => sum + file.size, 0)
  const choose = (what: 'file' | 'folder') => () => {
    closeDialog()
    void uploadChosen(terminalId, folder.trim() || undefined, what, asRoot)
  }
  return (
    <Modal opened onClose={closeDialog} title={t('upload.title', { host: terminal?.name ?? '' })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          closeDialog()
          void uploadFiles(terminalId, folder.trim() || undefined, files, asRoot)
        }}
      >
        <Stack gap="sm">
          {files.length > 0 && (
            <Text size="sm">
              {t('upload.what', {
                count: files.length,
                number: formatNumber(files.length, i18n.language),
                size: formatBytes(size, i18n.language),
              })}
              {': '}
              {files
                .slice(0, 5)
                .map(({ path }) => path)
                .join(', ')}
              {files.length > 5 && '…'}
            </Text>
          )}
          <TextInput
            data-autofocus
            label={t('upload.folder')}
            description={t('upload.help')}
            value={folder}
            onChange={(event) => setFolder(event.currentTarget.value)}
            spellCheck={false}
            autoCapitalize="off"
          />
          {asRoot && (
            <Text size="sm" c="red">
              {t('upload.asRoot')}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            {dropped.length === 0 && !desktop && (
              <FileButton multiple onChange={(chosen) => setFiles(pickedFiles(chosen))}>
                {(props) => (
                  <Button variant="default" {...props}>
                    {t('upload.chooseFiles')}
                  </Button>
                )}
              </FileButton>
            )}
            {dropped.length === 0 && desktop && (
              <>
                <Button variant="default" onClick={choose('folder')}>
                  {t('upload.chooseFolder')}
                </Button>
                <Button variant="default" onClick={choose('file')}>
                  {t('upload.chooseFiles')}
                </Button>
              </>
            )}
            <Button variant="default" onClick={closeDialog}>
              {shell('cancel')}
            </Button>
            {(files.length > 0 || !desktop) && (
              <Button type="submit" disabled={files.length === 0}>
                {t('upload.go')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
