import { ActionIcon, Button, Group, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconRestore } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppInfo, useSettings } from '../api/live.ts'
import { bestOf } from '../commands/fuzzy.ts'
import { shownKeys } from '../shortcuts/chord.ts'
import { type CommandId, commandIds, commands, NAMESPACES } from '../shortcuts/commands.ts'
import { keysOf, withUsualKeys } from '../shortcuts/shortcuts.ts'
import { isMac } from '../workspace/platform.ts'
import { change } from './change.ts'
import { PressKeys } from './press-keys.tsx'
import classes from './shortcuts-page.module.css'

/** Every command and its keys; pressing others changes them. */
export function ShortcutsPage() {
  const { t } = useTranslation(NAMESPACES)
  const { shortcuts } = useSettings()
  const [written, setWritten] = useState('')
  const browser = useAppInfo()?.host === 'browser'
  const found = bestOf(commandIds, written, (id) => [t(commands[id].name), keysOf(id, shortcuts, isMac).map(shownKeys).join(' ')])
  function resetAll() {
    modals.openConfirmModal({
      title: t('shortcuts:resetAllTitle'),
      labels: { confirm: t('shortcuts:resetAll'), cancel: t('shortcuts:cancel') },
      onConfirm: () => change({ shortcuts: {} }),
    })
  }
  return (
    <Stack gap="xs">
      <Text size="sm" c="dimmed">
        {t('shortcuts:shell')} {browser && t('shortcuts:browser')}
      </Text>
      <Group wrap="nowrap">
        <TextInput
          flex={1}
          aria-label={t('shortcuts:find')}
          placeholder={t('shortcuts:find')}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <Button variant="default" disabled={Object.keys(shortcuts).length === 0} onClick={resetAll}>
          {t('shortcuts:resetAll')}
        </Button>
      </Group>
      {found.length === 0 && <Text size="sm">{t('shortcuts:nothing')}</Text>}
      <ul className={classes.list} aria-label={t('shortcuts:title')}>
        {found.map((id) => (
          <Line key={id} id={id} />
        ))}
      </ul>
    </Stack>
  )
}

function Line({ id }: { readonly id: CommandId }) {
  const { t } = useTranslation(NAMESPACES)
  const { shortcuts } = useSettings()
  const [pressing, setPressing] = useState(false)
  const keys = keysOf(id, shortcuts, isMac)
  const name = t(commands[id].name)
  return (
    <li className={classes.line}>
      <span className={classes.name}>{name}</span>
      {pressing ? (
        <PressKeys id={id} name={name} onDone={() => setPressing(false)} />
      ) : (
        <UnstyledButton className={classes.keys} aria-label={t('shortcuts:change', { name })} onClick={() => setPressing(true)}>
          {keys.map((each) => (
            <kbd key={each}>{shownKeys(each)}</kbd>
          ))}
          {keys.length === 0 && <span className={classes.none}>{t('shortcuts:none')}</span>}
        </UnstyledButton>
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={shortcuts[id] === undefined}
        aria-label={t('shortcuts:reset', { name })}
        onClick={() => change({ shortcuts: withUsualKeys(shortcuts, id, isMac) })}
      >
        <IconRestore size={16} />
      </ActionIcon>
    </li>
  )
}
