import { ActionIcon } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { copy } from '../instances/copy.ts'
import classes from './details.module.css'

/** Names and values; each value can be copied. Empty ones take no line. */
export function CopyList({ items }: { readonly items: readonly (readonly [string, string | undefined])[] }) {
  const { t } = useTranslation()
  return (
    <dl className={classes.list}>
      {items.map(
        ([name, value]) =>
          value && (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>
                <span className={classes.text} title={value}>
                  {value}
                </span>
                <ActionIcon size="xs" className={classes.copy} aria-label={t('copy', { what: name })} onClick={() => void copy(value)}>
                  <IconCopy size={13} />
                </ActionIcon>
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
