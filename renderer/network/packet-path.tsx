import { Text, VisuallyHidden } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck, IconCircleDashed, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PathLink, Verdict } from '../../contract/models/verdict.ts'
import classes from './packet-path.module.css'

const LOOKS = {
  ok: { Icon: IconCircleCheck, colour: 'var(--mooring-ok)' },
  broken: { Icon: IconAlertCircle, colour: 'var(--mooring-bad)' },
  unknown: { Icon: IconHelpCircle, colour: 'var(--mooring-warn)' },
  skipped: { Icon: IconCircleDashed, colour: 'var(--mooring-faint)' },
} as const

/** Each link of the way with what was found out about it; the first broken one is marked. */
export function PacketPath({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation('network')
  return (
    <ol className={classes.path} aria-label={t('why.path')}>
      {verdict.links.map((link) => (
        <Link key={link.link} link={link} first={link.link === verdict.broken} />
      ))}
    </ol>
  )
}

function Link({ link, first }: { readonly link: PathLink; readonly first: boolean }) {
  const { t } = useTranslation('network')
  const { Icon, colour } = LOOKS[link.outcome]
  return (
    <li className={classes.link} data-broken={first || undefined} aria-current={first ? 'step' : undefined}>
      <Icon size={17} color={colour} className={classes.icon ?? ''} aria-hidden />
      <div>
        <Text size="sm" fw={first ? 600 : 500} {...(link.outcome === 'skipped' ? { c: 'dimmed' } : {})}>
          {t(`path.${link.link}.title`)}
          <VisuallyHidden component="span">: {t(`why.outcome.${link.outcome}`)}</VisuallyHidden>
        </Text>
        <Text size="xs" c="dimmed" className={classes.text ?? ''}>
          <LinkWords link={link} />
        </Text>
      </div>
    </li>
  )
}

function LinkWords({ link: { link, code, outcome, params } }: { readonly link: PathLink }) {
  const { t, i18n } = useTranslation(['network', 'shell'])
  if (code === 'skipped' || code === 'unknown') return t(`network:path.${code}`)
  const state = params.state ? { state: t(`shell:states.${params.state}` as 'shell:states.running') } : {}
  // The codes are data here; test/renderer/words/verdict.test.ts sees to it that each has words.
  const words = i18n.t(`path.${link}.${code}` as 'path.unknown', { ns: 'network', ...params, ...state })
  return outcome === 'unknown' && code !== 'partly' && code !== 'initializing' ? `${words} ${t('network:path.yet')}` : words
}
