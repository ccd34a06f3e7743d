import { Alert, Button, FileButton, Group, Modal, PasswordInput, Select, Skeleton, Stack, Text } from '@mantine/core'
import { IconFileImport, IconFolderOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../../contract/errors.ts'
import { type ImportEncoding, importEncodings } from '../../../contract/models/import.ts'
import { api, query, toUserError } from '../../api/client.ts'
import { closeDialog } from '../../app/actions.ts'
import { ErrorMessage } from '../../app/error-message.tsx'
import { VaultNotice } from '../../settings/vault-notice.tsx'
import { offerUndo } from '../actions.tsx'
import { type ChosenFile, readChosen } from './chosen-files.ts'
import classes from './import.module.css'
import { Notes } from './notes.tsx'
import { PreviewList } from './preview-list.tsx'

/** Other programs' sessions: chosen, looked at, and only then taken over. */
export function ImportDialog() {
  const { t } = useTranslation('bookmarks')
  const [files, setFiles] = useState<readonly ChosenFile[]>([])
  const [tooLarge, setTooLarge] = useState<readonly string[]>([])

  async function choose(chosen: readonly File[]) {
    const { files: read, tooLarge: large } = await readChosen(chosen)
    setFiles(read)
    setTooLarge(large)
  }
  return (
    <Modal opened onClose={closeDialog} title={t('import.title')} size="xl">
      <Stack
        gap="sm"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void choose([...event.dataTransfer.files])
        }}
      >
        <Text size="sm">{t('import.text')}</Text>
        <Choose onChosen={(chosen) => void choose(chosen)} />
        {tooLarge.map((name) => (
          <Alert key={name} color="red">
            {t('import.tooLarge', { name })}
          </Alert>
        ))}
        {files.length > 0 && <Preview key={files.map(({ path }) => path).join('\n')} files={files} />}
      </Stack>
    </Modal>
  )
}

function Choose({ onChosen }: { onChosen(files: readonly File[]): void }) {
  const { t } = useTranslation('bookmarks')
  const folder = useRef<HTMLInputElement>(null)
  return (
    <Group gap="xs">
      <FileButton multiple onChange={onChosen} inputProps={{ 'aria-label': t('import.files') }}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileImport size={15} />} data-autofocus>
            {t('import.chooseFiles')}
          </Button>
        )}
      </FileButton>
      <input
        ref={folder}
        hidden
        type="file"
        aria-label={t('import.folder')}
        {...{ webkitdirectory: '' }}
        onChange={({ currentTarget }) => onChosen([...(currentTarget.files ?? [])])}
      />
      <Button variant="default" leftSection={<IconFolderOpen size={15} />} onClick={() => folder.current?.click()}>
        {t('import.chooseFolder')}
      </Button>
    </Group>
  )
}

function Preview({ files }: { readonly files: readonly ChosenFile[] }) {
  const { t } = useTranslation('bookmarks')
  const [encoding, setEncoding] = useState<ImportEncoding>('auto')
  const { data, error } = useQuery(query.bookmarks.readImport.queryOptions({ input: { files: [...files], encoding }, gcTime: 0 }))
  const [password, setPassword] = useState('')
  const [failed, setFailed] = useState<UserErrorData>()
  /** What the person has changed of what is proposed: everything that is not there already. */
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set())
  if (error) return <ErrorMessage error={toUserError(error)} />
  if (!data) return <Skeleton height={120} role="status" aria-label={t('import.reading')} />
  const sealed = data.files.find(({ secrets }) => secrets)?.name
  const chosen = data.items.filter((item, index) => item.duplicate === turned.has(index))

  async function take() {
    const items = chosen.map(({ duplicate: _, ...item }) => item)
    const file = files.find(({ path }) => path === sealed)
    const secrets = file && password !== '' ? { sealed: { file, password } } : {}
    setFailed(undefined)
    const added = await api.bookmarks.import({ items, ...secrets }).catch((refused) => setFailed(toUserError(refused)))
    if (!added) return
    closeDialog()
    const done = t('import.done', { count: items.length })
    offerUndo(added.secrets > 0 ? t('import.doneSecrets', { done, count: added.secrets }) : done, added.undo)
  }
  return (
    <>
      <Notes preview={data} />
      {data.files.some(({ assumed }) => assumed) && (
        <Select
          size="xs"
          label={t('import.encoding.label')}
          description={t('import.encoding.text')}
          data={importEncodings.map((value) => ({ value, label: t(`import.encoding.${value}`) }))}
          value={encoding}
          allowDeselect={false}
          onChange={(value) => value && setEncoding(value)}
        />
      )}
      {sealed !== undefined && (
        <>
          <VaultNotice />
          <PasswordInput
            label={t('import.sealedPassword')}
            description={t('import.sealedText')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
        </>
      )}
      {data.items.length > 0 && <PreviewList items={data.items} turned={turned} onTurned={setTurned} />}
      {failed && <ErrorMessage error={failed} />}
      <Group justify="space-between" className={classes.foot ?? ''}>
        <Text size="xs" c="dimmed">
          {t('import.noPasswords')}
        </Text>
        <Button disabled={chosen.length === 0} onClick={() => void take()}>
          {t('import.take', { count: chosen.length })}
        </Button>
      </Group>
    </>
  )
}
