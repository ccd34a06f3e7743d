import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OwnAddress } from '../../contract/models/network.ts'
import { errorSentence } from '../app/error-words.ts'

/** This computer's address and who said so; it is never guessed. */
export function OwnAddressLine({ own }: { readonly own: OwnAddress }) {
  const { t, i18n } = useTranslation(['network', 'errors'])
  if ('address' in own)
    return (
      <Text size="xs" c="dimmed">
        {t('ownAddress', { address: own.address, from: own.from })}
      </Text>
    )
  return (
    <Text size="xs" c="var(--mooring-warn)">
      {t('ownAddressUnknown')} {errorSentence(own.error, i18n.t, i18n.language)}
    </Text>
  )
}
