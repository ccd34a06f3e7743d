import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly title: string
  readonly ready: boolean
  readonly children: ReactNode
  onClose(): void
  /** What was chosen is shown as a change. */
  onNext(): void
}

/** A dialog that asks what is needed before a change can be shown. */
export function BackupForm({ title, ready, children, onClose, onNext }: Props) {
  const { t } = useTranslation(['instance', 'shell'])
  return (
    <Modal opened onClose={onClose} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!ready) return
          onClose()
          onNext()
        }}
      >
        <Stack gap="sm">
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit" disabled={!ready}>
              {t('next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
