import { Button, FileButton, Group, Modal, Paper, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { IconFile, IconFolder } from '@tabler/icons-react'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useAppInfo } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { addKeyFiles } from './import-key.ts'
import { VaultNotice } from './vault-notice.tsx'

/** By dialog, path, drop or paste. A file that has a path is referred to; one that has none goes into the vault. */
export function AddKeyFiles({ onChange }: { readonly onChange: () => void }) {
  const { t } = useTranslation()
  const canChoose = useAppInfo()?.canChooseFiles ?? false
  const [over, setOver] = useState(false)
  const [pasting, setPasting] = useState(false)

  /** `ids`: undefined for a failure that was told already, empty where nothing was found or the dialog was left. */
  function added(ids: readonly string[] | undefined, quiet = false) {
    if (ids?.length === 0 && !quiet) notifications.show({ message: t('keys.nothingAdded') })
    onChange()
  }
  const choose = (what: 'file' | 'folder') => void attempt(() => api.keys.choose({ what })).then((ids) => added(ids, true))
  const addFiles = (files: readonly File[]) => void attempt(() => addKeyFiles(files)).then((ids) => added(ids))

  function drop(event: DragEvent) {
    event.preventDefault()
    setOver(false)
    addFiles([...event.dataTransfer.files])
  }

  return (
    <Paper
      withBorder
      p="sm"
      style={{ borderStyle: 'dashed', ...(over && { borderColor: 'var(--mantine-primary-color-filled)' }) }}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stack gap="xs">
        <Group gap="xs">
          <Text size="sm" flex={1}>
            {t('keys.drop')}
          </Text>
          {canChoose ? (
            <>
              <Button size="compact-sm" variant="default" leftSection={<IconFile size={15} />} onClick={() => choose('file')}>
                {t('keys.chooseFile')}
              </Button>
              <Button size="compact-sm" variant="default" leftSection={<IconFolder size={15} />} onClick={() => choose('folder')}>
                {t('keys.chooseFolder')}
              </Button>
            </>
          ) : (
            <FileButton multiple onChange={addFiles}>
              {(props) => (
                <Button size="compact-sm" variant="default" leftSection={<IconFile size={15} />} {...props}>
                  {t('keys.chooseFile')}
                </Button>
              )}
            </FileButton>
          )}
          <Button size="compact-sm" variant="default" onClick={() => setPasting(true)}>
            {t('keys.paste')}
          </Button>
        </Group>
        <PathForm onAdded={added} />
      </Stack>
      {pasting && <PasteDialog onClose={() => setPasting(false)} onAdded={added} />}
    </Paper>
  )
}

function PathForm({ onAdded }: { readonly onAdded: (ids: readonly string[] | undefined) => void }) {
  const { t } = useTranslation()
  const form = useForm({ initialValues: { path: '' } })
  async function add({ path }: { path: string }) {
    const ids = await attempt(() => api.keys.addPath({ path: path.trim() }))
    if (ids) form.reset()
    onAdded(ids)
  }
  return (
    <form onSubmit={form.onSubmit(add)}>
      <Group gap="xs">
        <TextInput size="xs" flex={1} aria-label={t('keys.path')} placeholder={t('keys.path')} {...form.getInputProps('path')} />
        <Button size="xs" variant="default" type="submit" disabled={!form.values.path.trim()}>
          {t('keys.pathButton')}
        </Button>
      </Group>
    </form>
  )
}

interface PasteProps {
  readonly onClose: () => void
  readonly onAdded: (ids: readonly string[] | undefined) => void
}

function PasteDialog({ onClose, onAdded }: PasteProps) {
  const { t } = useTranslation(['shell', 'auth'])
  const form = useForm({ initialValues: { label: '', text: '' } })
  const { text } = form.values
  const certificate = text.includes('-cert-v01@openssh.com') && !text.includes('PRIVATE KEY-----')
  async function add({ label, text }: { label: string; text: string }) {
    const imported = await attempt(() => api.keys.import({ label: label.trim() || 'certificate', text }))
    if (!imported) return
    onAdded([imported.keyId])
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={t('keys.pasteTitle')}>
      <form onSubmit={form.onSubmit(add)}>
        <Stack gap="sm">
          {!certificate && <VaultNotice />}
          {!certificate && <TextInput label={t('keys.label')} data-autofocus {...form.getInputProps('label')} />}
          <Textarea
            label={t('keys.pasteText')}
            description={t('auth:certificate.pasteHint')}
            rows={8}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            {...form.getInputProps('text')}
          />
          <Button type="submit" disabled={!certificate && !(form.values.label.trim() && text.trim())}>
            {certificate ? t('keys.pathButton') : t('keys.import')}
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
