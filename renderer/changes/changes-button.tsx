import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useChanges } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'

/** In the status bar, once there is something to tell. */
export function ChangesButton() {
  const { t } = useTranslation('instance')
  const changes = useChanges()
  if (changes.length === 0) return undefined
  const going = changes.filter(({ over }) => !over).length
  return (
    <UnstyledButton fz="inherit" onClick={() => openDialog({ kind: 'changes' })}>
      {going > 0 ? t('going', { count: going }) : t('changes')}
    </UnstyledButton>
  )
}
