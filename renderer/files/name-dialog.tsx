import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPlainName } from '../../contract/models/file.ts'

interface Props {
  readonly what: 'make-file' | 'make-folder' | 'compress'
  readonly start?: string
  onName(name: string): void
  onClose(): void
}

/** Asks for the name of something new. */
export function NameDialog({ what, start = '', onName, onClose }: Props) {
  const { t } = useTranslation('files')
  const [name, setName] = useState(start)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!isPlainName(name)) return
    onClose()
    onName(name)
  }
  return (
    <Modal opened onClose={onClose} title={t(`ask.${what}`)} centered>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('name')}
            {...(what === 'compress' && { description: t('compressAs') })}
            error={name !== '' && !isPlainName(name) && t('noName')}
            spellCheck={false}
            autoComplete="off"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={!isPlainName(name)}>
              {t(`do.${what}`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
