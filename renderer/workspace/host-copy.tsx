import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { targetKey } from '../../contract/models/target-key.ts'
import type { TerminalTarget } from '../../contract/models/terminal.ts'
import { useLive } from '../api/live.ts'
import { change } from '../settings/change.ts'
import { copyText } from '../terminal/clipboard.ts'
import classes from './workspace.module.css'

/** A host's wish to put something on the clipboard (OSC 52): done, refused or asked about, as the person has settled it. */
export function hostCopies(target: TerminalTarget, name: string, text: string): void {
  const { hostClipboard, clipboardHosts } = useLive.getState().settings
  if (hostClipboard === 'never') return
  if (hostClipboard === 'always' || clipboardHosts.includes(targetKey(target))) return void copyText(text)
  const id = `host-copy ${targetKey(target)}`
  const done = () => notifications.hide(id)
  // One a host, with the text that it sent last.
  notifications.hide(id)
  notifications.show({ id, autoClose: false, role: 'alert', message: <Question name={name} target={target} text={text} onDone={done} /> })
}

interface Props {
  readonly name: string
  readonly target: TerminalTarget
  readonly text: string
  onDone(): void
}

const SHOWN = 300

function Question({ name, target, text, onDone }: Props) {
  const { t } = useTranslation('workspace')
  function copy(always: boolean) {
    const { clipboardHosts } = useLive.getState().settings
    if (always) change({ clipboardHosts: [...clipboardHosts, targetKey(target)] })
    void copyText(text)
    onDone()
  }
  return (
    <>
      {t('hostCopy.asks', { name, count: text.length })}
      <Text size="xs" ff="monospace" className={classes.hostCopy}>
        {text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" onClick={() => copy(false)}>
          {t('hostCopy.once')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => copy(true)}>
          {t('hostCopy.always')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t('hostCopy.no')}
        </Button>
      </Group>
    </>
  )
}
