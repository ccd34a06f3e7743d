import { ActionIcon, Tooltip } from '@mantine/core'
import { useInViewport } from '@mantine/hooks'
import { IconPlayerStop, IconTerminal2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { openTarget } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { useHostWords } from './host-words.ts'
import classes from './many.module.css'
import { type Numbered, outcomeOf } from './order.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import { Output } from './output.tsx'
import { useOutput } from './use-output.ts'

/** One host: how it went and what it printed. */
export function HostCard({ runId, numbered }: { readonly runId: string; readonly numbered: Numbered }) {
  const { t } = useTranslation('many')
  const words = useHostWords()
  const { ref, inViewport } = useInViewport<HTMLElement>()
  const { host, index } = numbered
  const output = useOutput(runId, numbered, inViewport)
  const over = host.phase.kind === 'done' || host.phase.kind === 'failed'
  return (
    <section ref={ref} className={classes.card} data-outcome={outcomeOf(host)} aria-label={host.name}>
      <header className={classes.cardHead}>
        <OutcomeMark outcome={outcomeOf(host)} />
        <b className={classes.name}>{host.name}</b>
        <span className={classes.state}>{words(host)}</span>
        {over ? (
          <CardButton label={t('openTerminal', { name: host.name })} onClick={() => openTarget(host.target)}>
            <IconTerminal2 size={15} />
          </CardButton>
        ) : (
          <CardButton
            label={t('cancelOne', { name: host.name })}
            onClick={() => void attempt(() => api.many.cancel({ id: runId, host: index }))}
          >
            <IconPlayerStop size={15} />
          </CardButton>
        )}
      </header>
      {host.bytes > 0 ? (
        <Output label={t('outputOf', { name: host.name })}>{output?.text ?? host.last}</Output>
      ) : (
        host.phase.kind === 'done' && <p className={classes.none}>{t('printedNothing')}</p>
      )}
      {output && output.left > 0 && <p className={classes.none}>{t('left', { count: output.left })}</p>}
    </section>
  )
}

interface ButtonProps {
  readonly label: string
  readonly children: React.ReactNode
  onClick(): void
}

function CardButton({ label, children, onClick }: ButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
