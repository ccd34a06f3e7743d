import { useTranslation } from 'react-i18next'
import type { DiffLine } from './compare.ts'
import classes from './many.module.css'
import { Output } from './output.tsx'

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { same: '  ', gone: '− ', new: '+ ', skip: '  ' }

/** What an output has otherwise, with a sign before each line. */
export function Differences({ lines }: { readonly lines: readonly DiffLine[] }) {
  const { t } = useTranslation('many')
  return (
    <Output label={t('differencesOf')}>
      {lines.map(({ kind, text }, index) => (
        <div key={index} className={classes.line} data-kind={kind}>
          {kind === 'skip' ? t('skipped', { count: Number(text) }) : `${SIGNS[kind]}${text}`}
        </div>
      ))}
    </Output>
  )
}
