import { Card, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { formatDateTime } from '../words/formats.ts'
import { CopyList } from './copy-list.tsx'

export function Overview({ instance }: { readonly instance: Instance }) {
  const { t, i18n } = useTranslation()
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('columns.id'), instance.ref.instanceId],
    [t('columns.type'), instance.type],
    [t('columns.publicAddress'), instance.publicAddress],
    [t('columns.privateAddress'), instance.privateAddress],
    [t('columns.ipv6Address'), instance.ipv6Address],
    [t('details.publicName'), instance.publicName],
    [t('columns.zone'), instance.zone],
    [t('columns.platform'), instance.platform],
    [t('columns.architecture'), instance.architecture],
    [t('columns.imageId'), instance.imageId],
    [t('columns.keyName'), instance.keyName],
    [t('columns.launchedAt'), formatDateTime(instance.launchedAt, i18n.language)],
    [t('columns.vpcId'), instance.vpcId],
    [t('columns.subnetId'), instance.subnetId],
    [t('columns.securityGroups'), instance.securityGroups.map((group) => group.name || group.id).join(', ')],
    [t('details.account'), instance.accountId],
    [t('columns.profile'), instance.ref.profile],
    [t('details.stateReason'), instance.stateReason],
  ]
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('details.overview')}>
      <Title order={3} size="h6" mb="xs">
        {t('details.overview')}
      </Title>
      <CopyList items={facts} />
    </Card>
  )
}
