import { IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useInstance } from '../api/instances.ts'
import { useTerminal } from '../api/live.ts'
import { useShell } from '../app/actions.ts'
import { formatMilliseconds } from '../words/formats.ts'
import { useReasons } from '../words/reasons.ts'
import classes from './status-bar.module.css'

/** Who is logged in and why, whether the host is the right one, the key, and the round trip. */
export function ActiveTerminal() {
  const { t, i18n } = useTranslation()
  const reasons = useReasons()
  const terminal = useTerminal(useShell((shell) => shell.activeTerminalId))
  const instance = useInstance(terminal?.target.kind === 'instance' ? terminal.target.ref : undefined)
  if (!terminal) return <span>{t('status.noTerminal')}</span>
  const { login, key, hostKey, roundTripMs, phase } = terminal
  const name = instance?.name || terminal.name
  return (
    <>
      <span className={classes.login}>{login ? t('status.login', { name, user: login.user, reason: reasons.login(login) }) : name}</span>
      {phase.kind === 'connecting' && <span>{t('status.connecting')}</span>}
      {hostKey && (
        <span className={classes.trust} data-verified={hostKey.reason === 'verified-by-aws' || undefined} title={hostKey.fingerprint}>
          <IconShieldCheck size={13} aria-hidden /> {reasons.trust(hostKey)}
        </span>
      )}
      {key?.kind === 'found' && <span>{t('status.key', { label: key.label })}</span>}
      {roundTripMs !== undefined && phase.kind === 'open' && <span>{formatMilliseconds(roundTripMs, i18n.language)}</span>}
    </>
  )
}
