import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useSettings, useSnippets } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { shownKeys, toShortcut } from '../shortcuts/chord.ts'
import { type CommandId, commands, NAMESPACES } from '../shortcuts/commands.ts'
import { clashOf, withKeys } from '../shortcuts/shortcuts.ts'
import { isMac } from '../workspace/platform.ts'
import { change } from './change.ts'
import classes from './shortcuts-page.module.css'

interface Props {
  readonly id: CommandId
  /** Of the command, for a person. */
  readonly name: string
  onDone(): void
}

/** Takes the next keys for a command. What holds them already is named, and loses them only if the person says so. */
export function PressKeys({ id, name, onDone }: Props) {
  const { t } = useTranslation(NAMESPACES)
  const { shortcuts } = useSettings()
  const snippets = useSnippets()
  const [pressed, setPressed] = useState<string>()
  const clash = pressed === undefined ? undefined : clashOf(pressed, id, shortcuts, snippets, isMac)

  function give(keys: string) {
    change({ shortcuts: withKeys(shortcuts, id, keys, isMac) })
    onDone()
  }
  async function takeOver(keys: string) {
    if (clash?.kind === 'snippet') {
      const { shortcut: _, ...snippet } = clash.snippet
      if (!(await attempt(() => api.snippets.save(snippet)))) return
    }
    give(keys)
  }
  function onKeyDown(event: KeyboardEvent) {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey
    if (plain && event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    if (plain && event.key === 'Escape') return onDone()
    if (plain && ['Delete', 'Backspace'].includes(event.key)) {
      change({ shortcuts: { ...shortcuts, [id]: [] } })
      return onDone()
    }
    const keys = toShortcut(event.nativeEvent)
    if (keys === undefined) return
    if (clashOf(keys, id, shortcuts, snippets, isMac)) setPressed(keys)
    else give(keys)
  }
  const keys = pressed === undefined ? '' : shownKeys(pressed)
  return (
    <Stack gap={4} className={classes.pressing}>
      <TextInput
        size="xs"
        // The person has just asked for it: it takes the next key press.
        autoFocus
        aria-label={t('shortcuts:pressFor', { name })}
        placeholder={t('shortcuts:press')}
        description={clash ? undefined : t('shortcuts:pressText')}
        value={keys}
        onChange={() => undefined}
        onKeyDown={onKeyDown}
        onBlur={() => pressed === undefined && onDone()}
      />
      {clash && pressed !== undefined && (
        <Group gap="xs" role="alert">
          <Text size="xs">
            {clash.kind === 'shell' && t('shortcuts:clash.shell', { keys })}
            {clash.kind === 'command' && t('shortcuts:clash.command', { keys, name: t(commands[clash.id].name) })}
            {clash.kind === 'snippet' && t('shortcuts:clash.snippet', { keys, name: clash.snippet.name })}
          </Text>
          {clash.kind !== 'shell' && (
            <Button size="compact-xs" onClick={() => void takeOver(pressed)}>
              {t('shortcuts:takeOver')}
            </Button>
          )}
          <Button size="compact-xs" variant="default" onClick={onDone}>
            {t('shortcuts:cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
