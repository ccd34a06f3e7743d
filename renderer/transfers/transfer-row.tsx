import { ActionIcon, Group, Progress, Tooltip } from '@mantine/core'
import {
  IconArrowDown,
  IconArrowsExchange,
  IconArrowUp,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconRefresh,
  IconX,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Transfer } from '../../contract/models/transfer.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { errorSentence } from '../app/error-words.ts'
import { usePlace, useTransferWords } from './transfer-words.ts'
import classes from './transfers.module.css'

const MOST_PROBLEMS = 3

const ARROWS = { download: IconArrowDown, upload: IconArrowUp, relay: IconArrowsExchange } as const

/** `canBeNext`: others wait for their turn before it. */
export function TransferRow({ transfer, canBeNext }: { readonly transfer: Transfer; readonly canBeNext: boolean }) {
  const { t, i18n } = useTranslation('transfers')
  const words = useTransferWords(transfer)
  const { phase, bytes, total, problems, direction } = transfer
  const Arrow = ARROWS[direction]
  const error = phase.kind === 'failed' || phase.kind === 'waiting' ? phase.error : undefined
  const whole = phase.kind === 'done' ? 100 : total > 0 ? Math.min(100, (bytes / total) * 100) : 0
  return (
    <li className={classes.row} aria-label={words.name}>
      <Arrow size={16} aria-hidden />
      <div className={classes.what}>
        <div className={classes.line}>
          <span className={classes.name}>{words.name}</span>
          <span className={classes.place}>{usePlace(transfer)}</span>
          {transfer.asRoot && <span className={classes.root}>{t('asRoot')}</span>}
          <span className={classes.amount}>{words.amount}</span>
        </div>
        <Progress
          value={whole}
          size="sm"
          color={phase.kind === 'failed' ? 'red' : 'mooring'}
          aria-label={t('bar', { name: words.name })}
          animated={phase.kind === 'running'}
        />
        <div className={classes.line}>
          <span role="status">{words.phase}</span>
        </div>
        {error && <div className={classes.error}>{errorSentence(error, i18n.t, i18n.language)}</div>}
        {problems.slice(0, MOST_PROBLEMS).map((problem) => (
          <div key={JSON.stringify(problem)} className={classes.problem}>
            {errorSentence(problem, i18n.t, i18n.language)}
          </div>
        ))}
      </div>
      <Group gap={2} wrap="nowrap">
        {canBeNext && (
          <Act label={t('act.next', { name: words.name })} act={() => api.transfers.next({ id: transfer.id })}>
            <IconPlayerTrackNext size={16} />
          </Act>
        )}
        <Actions transfer={transfer} name={words.name} />
      </Group>
    </li>
  )
}

function Actions({ transfer, name }: { readonly transfer: Transfer; readonly name: string }) {
  const { t } = useTranslation('transfers')
  const { id, phase, byBrowser } = transfer
  const { kind } = phase
  const over = kind === 'done' || kind === 'failed' || kind === 'cancelled'
  // The files are not there any more to be sent.
  const gone = kind === 'failed' && phase.error.code === 'TRANSFER_PAGE_GONE'
  return (
    <>
      {!over && !byBrowser && kind !== 'paused' && (
        <Act label={t('act.pause', { name })} act={() => api.transfers.pause({ id })}>
          <IconPlayerPause size={16} />
        </Act>
      )}
      {(kind === 'paused' || kind === 'waiting') && (
        <Act label={t('act.resume', { name })} act={() => api.transfers.resume({ id })}>
          <IconPlayerPlay size={16} />
        </Act>
      )}
      {kind === 'failed' && !byBrowser && !gone && (
        <Act label={t('act.retry', { name })} act={() => api.transfers.resume({ id })}>
          <IconRefresh size={16} />
        </Act>
      )}
      {over ? (
        <Act label={t('act.clear', { name })} act={() => api.transfers.clear({ id })}>
          <IconX size={16} />
        </Act>
      ) : (
        <Act label={t('act.cancel', { name })} act={() => api.transfers.cancel({ id })}>
          <IconX size={16} />
        </Act>
      )}
    </>
  )
}

function Act({ label, act, children }: { readonly label: string; act(): Promise<unknown>; readonly children: ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={() => void attempt(act)}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
