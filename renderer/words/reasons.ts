import { useTranslation } from 'react-i18next'
import type { AddressChoice, HostKeyTrust, KeyMatch, LoginGuess } from '../../contract/models/reach.ts'

/** Why something was concluded, in words: what stands beside every conclusion. */
export function useReasons() {
  const { t } = useTranslation('reasons')
  return {
    login: (guess: LoginGuess): string => t(`login.${guess.reason}`, { replace: guess.params }),
    /** Nothing for what is certain. */
    confidence: (guess: LoginGuess): string | undefined =>
      guess.confidence === 'certain' ? undefined : t(`confidence.${guess.confidence}`),
    key: (match: KeyMatch): string => {
      if (match.kind === 'found') return t(`key.${match.reason}`, { replace: match.params })
      if (match.kind === 'instance-connect') return t(`keySent.${match.reason}`)
      return match.kind === 'missing' ? t('keyMissing', { keyName: match.keyName }) : t('keyNone')
    },
    address: (address: AddressChoice): string => t(`address.${address.reason}`, { replace: address.params }),
    trust: (trust: HostKeyTrust): string => t(`trust.${trust.reason}`),
  }
}
