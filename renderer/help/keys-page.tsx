import { Button, Group, Kbd, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { bestOf } from '../commands/fuzzy.ts'
import { shownKeys } from '../shortcuts/chord.ts'
import { type CommandId, commandIds, commands, NAMESPACES } from '../shortcuts/commands.ts'
import { keysOf } from '../shortcuts/shortcuts.ts'
import { isMac } from '../workspace/platform.ts'
import classes from './help.module.css'

/** Every command and its keys as they are now; those with keys first, because they are what is looked for. */
export function KeysPage({ written }: { readonly written: string }) {
  const { t } = useTranslation([...NAMESPACES, 'help'])
  const { shortcuts } = useSettings()
  const shown = (id: CommandId) => keysOf(id, shortcuts, isMac).map(shownKeys)
  const ordered = commandIds.toSorted((one, other) => Number(shown(other).length > 0) - Number(shown(one).length > 0))
  const found = bestOf(ordered, written, (id) => [t(commands[id].name), shown(id).join(' ')])
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm" c="dimmed">
          {t('help:keys.text')}
        </Text>
        <Button size="compact-sm" variant="default" onClick={() => openDialog({ kind: 'settings', page: 'shortcuts' })}>
          {t('help:keys.change')}
        </Button>
      </Group>
      {found.length === 0 && <Text size="sm">{t('help:nothing')}</Text>}
      <ul className={classes.keys} aria-label={t('help:pages.keys')}>
        {found.map((id) => (
          <li key={id} className={classes.command}>
            <span>{t(commands[id].name)}</span>
            <span className={classes.chords}>
              {shown(id).map((keys) => (
                <Kbd key={keys} size="xs">
                  {keys}
                </Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}
