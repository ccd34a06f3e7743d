import { Badge, Checkbox } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../contract/models/import.ts'
import { formatTarget } from '../../quick-connect/format.ts'
import classes from './import.module.css'

interface Props {
  readonly items: ImportPreview['items']
  /** Those whose choice is not the proposed one: everything but the duplicates. */
  readonly turned: ReadonlySet<number>
  onTurned(turned: ReadonlySet<number>): void
}

const ROW_HEIGHT = 46

export function PreviewList({ items, turned, onTurned }: Props) {
  const { t } = useTranslation('bookmarks')
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  })
  const isChosen = (index: number) => items[index]?.duplicate === turned.has(index)
  const count = items.filter((_, index) => isChosen(index)).length

  function turn(index: number) {
    const next = new Set(turned)
    if (!next.delete(index)) next.add(index)
    onTurned(next)
  }
  /** All or none: those whose proposed choice is the other one are turned. */
  function turnAll(chosen: boolean) {
    onTurned(new Set(items.flatMap(({ duplicate }, index) => (duplicate === chosen ? [index] : []))))
  }
  return (
    <>
      <Checkbox
        size="xs"
        label={t('import.all', { count: items.length })}
        checked={count === items.length}
        indeterminate={count > 0 && count < items.length}
        onChange={({ currentTarget }) => turnAll(currentTarget.checked)}
      />
      <div ref={scroller} className={classes.list}>
        <ul aria-label={t('import.found')} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = items[index]
            return item && <Row key={index} item={item} top={start} checked={isChosen(index)} onTurn={() => turn(index)} />
          })}
        </ul>
      </div>
    </>
  )
}

interface RowProps {
  readonly item: ImportPreview['items'][number]
  readonly top: number
  readonly checked: boolean
  onTurn(): void
}

function Row({ item: { name, folder, target, left, keyPath, duplicate }, top, checked, onTurn }: RowProps) {
  const { t } = useTranslation('bookmarks')
  const { via, ...choices } = target.choices ?? {}
  const details = [formatTarget({ ...target, choices }), via && t('import.via', { via }), keyPath].filter(Boolean).join(' · ')
  return (
    <li className={classes.row} style={{ top }}>
      <Checkbox size="xs" aria-label={[...folder, name].join(' / ')} checked={checked} onChange={onTurn} />
      <span className={classes.what} title={details}>
        <span className={classes.name}>
          {folder.length > 0 && <span className={classes.folder}>{folder.join(' / ')} / </span>}
          {name}
        </span>
        <span className={classes.details}>{details}</span>
      </span>
      {left.length > 0 && (
        <span className={classes.left} title={left.map((code) => t(`import.left.${code}`)).join(', ')}>
          {t('import.without', { what: left.map((code) => t(`import.left.${code}`)).join(', ') })}
        </span>
      )}
      {duplicate && (
        <Badge size="sm" radius="sm" variant="light" color="gray" className={classes.badge ?? ''}>
          {t('import.duplicate')}
        </Badge>
      )}
    </li>
  )
}
