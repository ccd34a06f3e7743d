import { ActionIcon, Loader, Tooltip } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { useDelayed } from '../app/use-delayed.ts'
import { formatNumber } from '../words/formats.ts'
import classes from './files.module.css'
import { type Running, useWork } from './work.ts'

/** What is being done here, how far it is, and the end of it. */
export function WorkLines({ terminalId }: { readonly terminalId: string }) {
  return useWork(terminalId).map((one) => <WorkLine key={one.id} {...one} />)
}

function WorkLine({ kind, progress, cancel }: Running) {
  const { t, i18n } = useTranslation('files')
  const late = useDelayed(true)
  if (!late) return undefined
  const what = t(`work.${kind}`)
  const { items } = progress
  const name = progress.kind === 'working' && progress.name ? shownName(progress.name) : undefined
  return (
    <div className={classes.work} role="status" title={name}>
      <Loader size={12} />
      <span className={classes.workText}>
        {items > 0 ? t('work.line', { what, count: items, number: formatNumber(items, i18n.language) }) : t('work.none', { what })}
      </span>
      <Tooltip label={t('cancel')}>
        <ActionIcon size="sm" aria-label={t('work.cancel', { what })} onClick={cancel}>
          <IconX size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
