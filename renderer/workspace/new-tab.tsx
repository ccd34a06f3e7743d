import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../app/actions.ts'

/** Behind the last tab. */
export function NewTab() {
  const { t } = useTranslation('workspace')
  return (
    <Tooltip label={t('newTab')}>
      <ActionIcon aria-label={t('newTab')} m={4} onClick={() => openDialog({ kind: 'quick-connect' })}>
        <IconPlus size={16} />
      </ActionIcon>
    </Tooltip>
  )
}
