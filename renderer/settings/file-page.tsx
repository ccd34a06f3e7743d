import { Alert, Button, FileButton, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { saveFile } from '../host/save-file.ts'
import { NAMESPACES } from '../shortcuts/commands.ts'
import { change } from './change.ts'
import { Diagnostics } from './diagnostics.tsx'
import { exportSettings, portable, readSettings } from './settings-file.ts'

/** More is no file of settings. */
const MOST_BYTES = 2_000_000

interface Chosen {
  readonly name: string
  /** Empty for one that is too large to be read. */
  readonly text: string
}

/** Settings in a file, for another computer or to be kept; one that is brought here is shown before it changes anything. */
export function FilePage() {
  const { t } = useTranslation(NAMESPACES)
  const settings = useSettings()
  const [chosen, setChosen] = useState<Chosen>()
  async function choose(file: File | null) {
    if (file) setChosen({ name: file.name, text: file.size > MOST_BYTES ? '' : await file.text() })
  }
  return (
    <Stack>
      <Text size="sm" c="dimmed">
        {t('shortcuts:file.text')}
      </Text>
      <Group>
        <Button variant="default" onClick={() => saveFile('mooring-settings.json', exportSettings(settings), 'application/json')}>
          {t('shortcuts:file.export')}
        </Button>
        <FileButton accept=".json,application/json" onChange={(file) => void choose(file)}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('shortcuts:file.import')}
            </Button>
          )}
        </FileButton>
      </Group>
      {chosen && <Preview chosen={chosen} onDone={() => setChosen(undefined)} />}
      <Diagnostics />
    </Stack>
  )
}

function Preview({ chosen, onDone }: { readonly chosen: Chosen; onDone(): void }) {
  const { t } = useTranslation([...NAMESPACES, 'monitor'])
  const settings = useSettings()
  const read = readSettings(chosen.text, settings)
  if (read.kind === 'broken') {
    return (
      <Alert color="red" role="alert">
        {read.setting
          ? t('shortcuts:file.brokenSetting', { file: chosen.name, setting: t(portable[read.setting]) })
          : t('shortcuts:file.broken', { file: chosen.name })}
      </Alert>
    )
  }
  const { changed, wanted, ignored } = read
  return (
    <Stack gap="xs">
      {changed.length === 0 && <Text size="sm">{t('shortcuts:file.same', { file: chosen.name })}</Text>}
      {changed.length > 0 && (
        <Table aria-label={t('shortcuts:file.preview', { file: chosen.name })} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('shortcuts:file.setting')}</Table.Th>
              <Table.Th>{t('shortcuts:file.now')}</Table.Th>
              <Table.Th>{t('shortcuts:file.then')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changed.map((name) => (
              <Table.Tr key={name}>
                <Table.Td>{t(portable[name])}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{shown(settings[name])}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{shown(wanted[name])}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {ignored > 0 && (
        <Text size="xs" c="dimmed">
          {t('shortcuts:file.ignored', { count: ignored })}
        </Text>
      )}
      <Group>
        {changed.length > 0 && (
          <Button
            onClick={() => {
              change(wanted)
              onDone()
            }}
          >
            {t('shortcuts:file.take', { count: changed.length })}
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          {t('shortcuts:cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

/** As the file has it, which is what can be compared. */
function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
