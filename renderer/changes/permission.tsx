import { Alert, Group, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import { errorSentence } from '../app/error-words.ts'

interface Props {
  readonly allowed: 'yes' | 'no' | 'unknown'
  readonly problem: UserErrorData | undefined
  readonly actions: readonly string[]
}

/** What DryRun said. */
export function Permission({ allowed, problem, actions }: Props) {
  const { t, i18n } = useTranslation(['network', 'errors'])
  const action = actions.join(', ')
  if (allowed === 'yes')
    return (
      <Group gap={6} wrap="nowrap" align="flex-start">
        <IconCheck size={15} color="var(--mooring-ok)" aria-hidden style={{ flex: 'none', marginTop: 3 }} />
        <Text size="sm">{t('change.allowed', { action })}</Text>
      </Group>
    )
  return (
    <Alert color={allowed === 'no' ? 'red' : 'yellow'} variant="light" p="xs" role="alert" icon={<IconAlertTriangle />}>
      {problem ? errorSentence(problem, i18n.t, i18n.language) : t('change.unknown', { action })}
    </Alert>
  )
}
