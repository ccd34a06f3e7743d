import { Badge, type MantineColor, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Profile } from '../../contract/models/profile.ts'
import { formatDateTime, formatDistance } from '../words/formats.ts'

const COLOURS: Readonly<Record<'needed' | 'valid' | 'expired', MantineColor>> = { needed: 'orange', valid: 'mooring', expired: 'red' }

/** Whether it is logged in, and until when. Says nothing for profiles that need no login. */
export function LoginState({ profile }: { readonly profile: Profile }) {
  const { t, i18n } = useTranslation()
  const { login } = profile
  if (login.kind === 'not-needed') return undefined
  const until = login.kind === 'valid' ? login.expiresAt : undefined
  const words = until ? t('profiles.login.validUntil', { when: formatDistance(until, i18n.language) }) : t(`profiles.login.${login.kind}`)
  return (
    <Tooltip label={until && formatDateTime(until, i18n.language)} disabled={!until}>
      <Badge size="sm" variant="light" color={COLOURS[login.kind]} tt="none">
        {words}
      </Badge>
    </Tooltip>
  )
}
