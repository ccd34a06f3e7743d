import { Alert, List, Spoiler } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportPreview } from '../../../contract/models/import.ts'

/** Which files were what, and what of them is skipped, by name. */
export function Notes({ preview: { files, skipped } }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation('bookmarks')
  const read = files.flatMap(({ name, format, problem }) => (format && !problem ? [{ name, format }] : []))
  const problems = files.flatMap(({ name, format, problem }) => (problem ? [{ name, format, problem }] : []))
  return (
    <>
      {read.length > 0 && (
        <List size="sm" listStyleType="none" aria-label={t('import.files')}>
          {read.slice(0, SHOWN).map(({ name, format }) => (
            <List.Item key={name}>{t('import.read', { name, format: t(`import.formats.${format}`) })}</List.Item>
          ))}
          {read.length > SHOWN && <List.Item>{t('import.andMore', { count: read.length - SHOWN })}</List.Item>}
        </List>
      )}
      {problems.length > 0 && (
        <Alert p="xs" color={read.length > 0 ? 'yellow' : 'red'} title={t('import.unreadable', { count: problems.length })}>
          <Listed
            lines={problems.map(({ name, format, problem }) =>
              t(`import.problems.${problem}`, { name, format: format ? t(`import.formats.${format}`) : '' }),
            )}
          />
        </Alert>
      )}
      {skipped.length > 0 && (
        <Alert p="xs" color="yellow" title={t('import.skippedTitle', { count: skipped.length })}>
          <Listed lines={skipped.map(({ name, reason, detail }) => t(`import.skipped.${reason}`, { name: name || '?', detail }))} />
        </Alert>
      )}
    </>
  )
}

const SHOWN = 5

function Listed({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useTranslation('bookmarks')
  return (
    <Spoiler maxHeight={88} showLabel={t('import.showAll')} hideLabel={t('import.showFewer')}>
      <List size="sm">
        {lines.slice(0, 500).map((line, index) => (
          <List.Item key={index}>{line}</List.Item>
        ))}
      </List>
    </Spoiler>
  )
}
