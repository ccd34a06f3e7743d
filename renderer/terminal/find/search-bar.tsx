import { ActionIcon, Group, Paper, Text, TextInput } from '@mantine/core'
import { IconAbc, IconArrowDown, IconArrowUp, IconLetterCase, IconRegex, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { create, useStore } from 'zustand'
import { findColours } from '../look/own-themes.ts'
import { isDark } from '../look/themes.ts'
import type { Session } from '../session.ts'
import { createFinder, type Finder } from './finder.ts'
import type { FindOptions } from './pattern.ts'
import classes from './search-bar.module.css'

interface Props {
  readonly session: Session
  onClose(): void
}

/** The next search, in whichever terminal, begins with them. */
const useFindOptions = create<FindOptions>(() => ({ regex: false, caseSensitive: false, wholeWord: false }))
const TOGGLES = [
  { name: 'caseSensitive', Icon: IconLetterCase },
  { name: 'wholeWord', Icon: IconAbc },
  { name: 'regex', Icon: IconRegex },
] as const

export function SearchBar({ session, onClose }: Props) {
  const colours = findColours[isDark(session.terminal.options.theme?.background ?? '') ? 'dark' : 'light']
  const [finder, setFinder] = useState<Finder>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: other colours are given to the one there is.
  useEffect(() => {
    const made = createFinder(session.terminal, colours)
    setFinder(made)
    return () => made.dispose()
  }, [session])
  useEffect(() => finder?.setColours(colours), [finder, colours])
  return finder && <OpenBar session={session} finder={finder} onClose={onClose} />
}

/** Enter goes up, as a terminal's newest lines are at its end; Shift+Enter down. */
function OpenBar({ session, finder, onClose }: Props & { readonly finder: Finder }) {
  const { t } = useTranslation('workspace')
  const [term, setTerm] = useState('')
  const options = useFindOptions()
  const { index, count, broken } = useStore(finder.state)
  useEffect(() => finder.look(term, options), [finder, term, options])

  function close() {
    onClose()
    session.terminal.focus()
  }
  function describe(): string {
    if (broken !== undefined) return t('search.broken')
    if (term === '') return ''
    return count === 0 ? t('search.none') : t('search.count', { index, count })
  }
  return (
    <Paper className={classes.bar} shadow="md" withBorder role="search" aria-label={t('search.title')}>
      <Group gap={4} wrap="nowrap">
        <TextInput
          size="xs"
          className={classes.term}
          data-autofocus
          autoFocus
          spellCheck={false}
          aria-label={t('search.title')}
          placeholder={t('search.title')}
          value={term}
          error={broken !== undefined}
          onChange={(event) => setTerm(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') finder.step(event.shiftKey ? 'down' : 'up')
            if (event.key === 'Escape') close()
          }}
        />
        <Text size="xs" c={broken === undefined ? 'dimmed' : 'red'} className={classes.count} title={broken} aria-live="polite">
          {describe()}
        </Text>
        {TOGGLES.map(({ name, Icon }) => (
          <ActionIcon
            key={name}
            aria-label={t(`search.${name}`)}
            title={t(`search.${name}`)}
            aria-pressed={options[name]}
            variant={options[name] ? 'light' : 'subtle'}
            color={options[name] ? 'mooring' : 'gray'}
            onClick={() => useFindOptions.setState({ [name]: !options[name] })}
          >
            <Icon size={16} />
          </ActionIcon>
        ))}
        <ActionIcon aria-label={t('search.previous')} title={t('search.previous')} onClick={() => finder.step('up')}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('search.next')} title={t('search.next')} onClick={() => finder.step('down')}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t('search.close')} title={t('search.close')} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
    </Paper>
  )
}
