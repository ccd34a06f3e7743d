import { Alert, Button } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useVault } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'

/** Where a secret is about to be typed in: said when it would not be kept, or could not be put anywhere now. */
export function VaultNotice() {
  const { t } = useTranslation()
  const vault = useVault()
  if (!vault || vault.kind === 'keychain' || vault.kind === 'open') return undefined
  return (
    <Alert color="yellow" variant="light" p="xs" icon={<IconInfoCircle />}>
      {t(`vault.kind.${vault.kind}`)}
      {vault.kind !== 'memory' && (
        <Button size="compact-sm" variant="default" mt="xs" display="block" onClick={() => openDialog({ kind: 'settings', page: 'vault' })}>
          {t(vault.kind === 'locked' ? 'vault.unlock' : 'vault.create')}
        </Button>
      )}
    </Alert>
  )
}
