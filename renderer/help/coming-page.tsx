import { Button, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { closeDialog, openDialog, type SettingsPage, useShell } from '../app/actions.ts'
import { bestOf } from '../commands/fuzzy.ts'
import { type CommandId, commands, isTerminalCommand, NAMESPACES } from '../shortcuts/commands.ts'
import { type ComingRow, coming, comingRows, type Opens } from './coming.ts'

/** There and here, for whoever comes from MobaXterm or PuTTY, with a button that opens the thing here. */
export function ComingPage({ written, run }: { readonly written: string; run(command: CommandId): void }) {
  const { t } = useTranslation('help')
  const found = bestOf(comingRows, written, (row) => [t(`coming.rows.${row}.there`), t(`coming.rows.${row}.here`)])
  if (found.length === 0) return <Text size="sm">{t('nothing')}</Text>
  return (
    <Table aria-label={t('pages.coming')} layout="fixed" verticalSpacing={6} stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="34%">{t('coming.there')}</Table.Th>
          <Table.Th>{t('coming.here')}</Table.Th>
          <Table.Th w={110}>
            <span className="mantine-visually-hidden">{t('coming.open')}</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {found.map((row) => (
          <Row key={row} row={row} run={run} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ row, run }: { readonly row: ComingRow; run(command: CommandId): void }) {
  const { t } = useTranslation('help')
  const opens: Opens = coming[row]
  const name = useNameOf(opens)
  const inFront = useShell((shell) => shell.activeTerminalId !== undefined)
  const needsTerminal = !isSettings(opens) && isTerminalCommand(opens) && !inFront
  return (
    <Table.Tr>
      <Table.Td>{t(`coming.rows.${row}.there`)}</Table.Td>
      <Table.Td>
        {t(`coming.rows.${row}.here`)}
        {needsTerminal && (
          <Text size="xs" c="dimmed">
            {t('coming.needsTerminal')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant="default"
          disabled={needsTerminal}
          title={name}
          aria-label={t('coming.openNamed', { name })}
          onClick={() => open(opens, run)}
        >
          {t('coming.open')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

const isSettings = (opens: Opens): opens is `settings:${SettingsPage}` => opens.startsWith('settings:')
const pageOf = (opens: `settings:${SettingsPage}`) => opens.slice('settings:'.length) as SettingsPage

function useNameOf(opens: Opens): string {
  const { t } = useTranslation(NAMESPACES)
  return isSettings(opens) ? `${t('settings.title')}: ${t(`settings.pages.${pageOf(opens)}`)}` : t(commands[opens].name)
}

function open(opens: Opens, run: (command: CommandId) => void): void {
  closeDialog()
  if (isSettings(opens)) openDialog({ kind: 'settings', page: pageOf(opens) })
  else run(opens)
}
