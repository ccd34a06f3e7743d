import { gotoLine } from '@codemirror/search'
import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type LineEnds, type TextEncoding, textEncoding } from '../../contract/models/text-file.ts'
import classes from './editor.module.css'
import type { OpenText } from './open-text.ts'

const NAMES: Readonly<Record<TextEncoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8 (BOM)',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  latin1: 'ISO 8859-1',
}

/** Where the cursor is, and what the file is written in. */
export function EditorFoot({ text }: { readonly text: OpenText }) {
  const { t } = useTranslation('editor')
  const { line, column, encoding, lineEnds, language } = useStore(text.state)
  const ends: readonly LineEnds[] = lineEnds === 'mixed' ? ['mixed', 'lf', 'crlf'] : ['lf', 'crlf']
  return (
    <div className={classes.foot}>
      <button type="button" className={classes.position} title={t('goToLine')} onClick={() => gotoLine(text.text.view)}>
        {t('position', { line, column })}
      </button>
      {language && <span>{language}</span>}
      <NativeSelect
        size="xs"
        variant="unstyled"
        aria-label={t('encoding')}
        value={encoding}
        data={textEncoding.options.map((value) => ({ value, label: NAMES[value] }))}
        onChange={({ currentTarget }) => text.setEncoding(currentTarget.value as TextEncoding)}
      />
      <NativeSelect
        size="xs"
        variant="unstyled"
        aria-label={t('lineEnds.title')}
        value={lineEnds}
        data={ends.map((value) => ({ value, label: t(`lineEnds.${value}`) }))}
        onChange={({ currentTarget }) => text.setLineEnds(currentTarget.value as LineEnds)}
      />
    </div>
  )
}
