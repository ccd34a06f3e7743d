import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { InstanceNetwork, NetworkChange, RuleDirection, SecurityRule } from '../../contract/models/network.ts'
import { toUserError } from '../api/client.ts'
import { openDialog } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { GroupsCard } from './groups-card.tsx'
import { OpenPort } from './open-port.tsx'
import { OwnAddressLine } from './own-address-line.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { RulesTable } from './rules-table.tsx'
import { useNetwork } from './use-network.ts'
import { Why } from './why.tsx'

type Open =
  | { readonly kind: 'rule'; readonly direction: RuleDirection; readonly rule?: SecurityRule }
  | { readonly kind: 'change'; readonly change: NetworkChange }

/** Who may reach the instance, and whom it may reach. */
export function NetworkTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('network')
  const { data: network, error, refetch } = useNetwork(instance.ref)
  const [open, setOpen] = useState<Open | undefined>()
  const late = useDelayed(!network && !error)
  const close = () => setOpen(undefined)
  const act = {
    onEdit: (rule: SecurityRule) => setOpen({ kind: 'rule', direction: rule.direction, rule }),
    onRemove: (rule: SecurityRule) => setOpen({ kind: 'change', change: { kind: 'remove', ruleId: rule.id } }),
  }
  return (
    <Stack gap="md" p="sm">
      {late && (
        <Stack gap="xs" role="status" aria-label={t('loading')}>
          <Skeleton height={70} />
          <Skeleton height={140} />
        </Stack>
      )}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {network && (
        <>
          <Why target={instance.ref} />
          {network.groups.length === 0 ? (
            <Alert color="gray" p="xs">
              {t('noGroups')}
            </Alert>
          ) : (
            <OpenPort groups={network.groups} onChange={(change) => setOpen({ kind: 'change', change })} />
          )}
          {(['inbound', 'outbound'] as const).map((direction) => (
            <RulesTable
              key={direction}
              network={network}
              direction={direction}
              {...act}
              onAdd={() => setOpen({ kind: 'rule', direction })}
            />
          ))}
          <GroupsCard instance={instance} network={network} />
          <Foot network={network} />
        </>
      )}
      {open?.kind === 'change' && <ChangeDialog target={instance.ref} change={open.change} onClose={close} />}
      {open?.kind === 'rule' && network && <RuleDialog target={instance.ref} network={network} {...open} onClose={close} />}
    </Stack>
  )
}

function Foot({ network }: { readonly network: InstanceNetwork }) {
  const { t } = useTranslation('network')
  return (
    <Group justify="space-between" wrap="nowrap">
      <OwnAddressLine own={network.ownAddress} />
      <Button
        size="compact-xs"
        variant="subtle"
        flex="none"
        leftSection={<IconHistory size={14} />}
        onClick={() => openDialog({ kind: 'activity' })}
      >
        {t('activity.title')}
      </Button>
    </Group>
  )
}
