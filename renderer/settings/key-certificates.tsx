import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconCertificate, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KeyCertificate } from '../../contract/models/key.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { formatDateTime, formatList } from '../words/formats.ts'

interface Props {
  readonly certificates: readonly KeyCertificate[]
  readonly onChange: () => void
}

/** What is signed for a key: whom it lets in, for how long, and what is wrong with it. */
export function KeyCertificates({ certificates, onChange }: Props) {
  const { t, i18n } = useTranslation('auth')
  const when = (iso: string | undefined) => (iso ? formatDateTime(iso, i18n.language) : '')
  return certificates.map(({ id, name, principals, validFrom, validUntil, source, problem, authority }) => (
    <Group key={id} gap={6} wrap="nowrap" align="flex-start">
      <IconCertificate size={15} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('certificate.line', {
            name,
            principals: principals.length > 0 ? formatList(principals, i18n.language, 'disjunction') : t('certificate.nobody'),
            until: validUntil ? t('certificate.until', { when: when(validUntil) }) : t('certificate.forever'),
          })}
        </Text>
        <Text size="xs" c="dimmed" truncate title={authority}>
          {`${t(`certificate.source.${source}`)} · ${t('certificate.signedBy', { authority })}`}
        </Text>
        {problem && (
          <Text size="xs" c="var(--mooring-warn)">
            {t(`certificate.problem.${problem}`, { when: when(validFrom) })}
          </Text>
        )}
      </div>
      {source === 'pasted' && (
        <Tooltip label={t('certificate.forget', { name })}>
          <ActionIcon
            size="sm"
            aria-label={t('certificate.forget', { name })}
            onClick={() => void attempt(() => api.keys.forgetCertificate({ id })).then(onChange)}
          >
            <IconX size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  ))
}
