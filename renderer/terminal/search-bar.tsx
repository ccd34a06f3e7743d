import { ActionIcon, Group, Paper, Text, TextInput, useComputedColorScheme } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconLetterCase, IconRegex, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './search-bar.module.css'
import type { Session } from './session.ts'
import { searchMarks, searchMarksLight } from './themes.ts'

interface Props {
  readonly session: Session
  onClose(): void
}

/** Finds in what is on the screen and above it. Enter goes up, as a terminal's newest lines are at its end; Shift+Enter down. */
export function SearchBar({ session, onClose }: Props) {
  const { t } = useTranslation('workspace')
  const [term, setTerm] = useState('')
  const [regex, setRegex] = useState(false)
  const [caseSensitive, setCaseSensitive] = useState(false)
  const [found, setFound] = useState({ resultIndex: -1, resultCount: 0 })
  const decorations = useComputedColorScheme() === 'dark' ? searchMarks : searchMarksLight
  const broken = regex && !isRegex(term)

  useEffect(() => {
    const listener = session.search.onDidChangeResults(setFound)
    return () => {
      listener.dispose()
      session.search.clearDecorations()
    }
  }, [session])

  // Marks keep the colours they were made with. Searching on from where one is finds the same match again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are what to react to.
  useEffect(() => {
    if (term === '' || broken) return
    session.search.clearDecorations()
    session.search.findNext(term, { regex, caseSensitive, decorations, incremental: true })
  }, [decorations])

  function find(direction: 'up' | 'down', options = { regex, caseSensitive }, text = term) {
    if (text === '' || (options.regex && !isRegex(text))) {
      session.search.clearDecorations()
      setFound({ resultIndex: -1, resultCount: 0 })
      return
    }
    const all = { ...options, decorations }
    if (direction === 'up') session.search.findPrevious(text, all)
    else session.search.findNext(text, all)
  }
  function close() {
    onClose()
    session.terminal.focus()
  }

  return (
    <Paper className={classes.bar} shadow="md" withBorder role="search" aria-label={t('search.title')}>
      <Group gap={4} wrap="nowrap">
        <TextInput
          size="xs"
          w={200}
          data-autofocus
          autoFocus
          aria-label={t('search.title')}
          placeholder={t('search.title')}
          value={term}
          error={broken}
          onChange={(event) => {
            setTerm(event.currentTarget.value)
            find('up', undefined, event.currentTarget.value)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') find(event.shiftKey ? 'down' : 'up')
            if (event.key === 'Escape') close()
          }}
        />
        <Text size="xs" c="dimmed" w={72} ta="center" aria-live="polite">
          {broken ? t('search.broken') : term === '' ? '' : describe(found)}
        </Text>
        <Toggle label={t('search.case')} on={caseSensitive} set={setCaseSensitive} find={(on) => find('up', { regex, caseSensitive: on })}>
          <IconLetterCase size={16} />
        </Toggle>
        <Toggle label={t('search.regex')} on={regex} set={setRegex} find={(on) => find('up', { regex: on, caseSensitive })}>
          <IconRegex size={16} />
        </Toggle>
        <ActionIcon aria-label={t('search.previous')} onClick={() => find('up')}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('search.next')} onClick={() => find('down')}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('search.close')} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </Paper>
  )

  /** The addon counts no further than a thousand, and then knows no place. */
  function describe({ resultIndex, resultCount }: typeof found): string {
    if (resultCount === 0) return t('search.none')
    return resultIndex < 0 ? t('search.many', { count: resultCount }) : t('search.count', { index: resultIndex + 1, count: resultCount })
  }
}

interface ToggleProps {
  readonly label: string
  readonly on: boolean
  readonly children: React.ReactNode
  set(on: boolean): void
  find(on: boolean): void
}

function Toggle({ label, on, children, set, find }: ToggleProps) {
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      aria-pressed={on}
      variant={on ? 'light' : 'subtle'}
      color={on ? 'mooring' : 'gray'}
      onClick={() => {
        set(!on)
        find(!on)
      }}
    >
      {children}
    </ActionIcon>
  )
}

function isRegex(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
