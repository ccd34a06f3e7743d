import { ActionIcon, Badge, Button, Card, Group, Stack, Text, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LocalKey } from '../../contract/models/key.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { KeyCertificates } from './key-certificates.tsx'

interface Props {
  readonly localKey: LocalKey
  readonly onChange: () => void
}

/** Of these nothing is Mooring's to forget: they are in `~/.ssh`, the agent, or the practice cloud. */
const NOT_OURS: readonly LocalKey['source'][] = ['ssh-folder', 'agent', 'practice']

export function KeyLine({ localKey: key, onChange }: Props) {
  const { t } = useTranslation()
  const { id: keyId, label } = key
  const kind = key.type && (key.bits ? t('keys.bits', { type: key.type, bits: key.bits }) : key.type)
  return (
    <Card withBorder padding="xs">
      <Group wrap="nowrap" align="flex-start" gap="xs">
        <Stack gap={2} flex={1} miw={0}>
          <Group gap="xs">
            <Text fw={600}>{label}</Text>
            {kind && (
              <Badge size="sm" variant="default" tt="none" fw={400}>
                {kind}
              </Badge>
            )}
            {key.encrypted && (
              <Badge size="sm" variant="light" tt="none" fw={400}>
                {t('keys.encrypted')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed" truncate title={key.fingerprint}>
            {[key.path ?? t(`keys.source.${key.source}`), key.fingerprint].filter(Boolean).join(' · ')}
          </Text>
          {key.problem && (
            <Group gap="xs">
              <Text size="xs" c="var(--mooring-warn)">
                {t(`keys.problem.${key.problem}`, { mode: key.mode ?? '' })}
              </Text>
              {key.problem === 'mode' && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('keys.fixLabel', { label })}
                  onClick={() => void attempt(() => api.keys.fixMode({ keyId })).then(onChange)}
                >
                  {t('keys.fix')}
                </Button>
              )}
            </Group>
          )}
          {key.certificates && <KeyCertificates certificates={key.certificates} onChange={onChange} />}
        </Stack>
        {!NOT_OURS.includes(key.source) && (
          <Tooltip label={t('keys.forget')}>
            <ActionIcon
              aria-label={t('keys.forgetLabel', { label })}
              onClick={() => void attempt(() => api.keys.forget({ keyId })).then(onChange)}
            >
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
    </Card>
  )
}
