import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { shownName } from '../../contract/shown-name.ts'
import { query } from '../api/client.ts'
import { type Choice, choicesOf, completed, splitTyped } from './completion.ts'
import classes from './files.module.css'
import { typedPath } from './paths.ts'
import { goTo, type ViewStore } from './view.ts'

interface Props {
  readonly terminalId: string
  readonly view: ViewStore
  /** The folder that is shown. */
  readonly here: string | undefined
  /** The same, as a person reads it. */
  readonly shown: string
}

/** Where one is, to be typed over: Tab goes on as in a shell, and what there is to go to is listed below. */
export function PathInput({ terminalId, view, here, shown }: Props) {
  const { t } = useTranslation('files')
  const [typed, setTyped] = useState<string>()
  const choices = useChoices(terminalId, view, typed, here)
  const list = useCombobox()
  // The id of the choice that is selected. Mantine's own goes on naming the one before, which may be gone.
  const [active, setActive] = useState<string | null>(null)
  const open = list.dropdownOpened && choices.length > 0
  const input = useRef<HTMLInputElement>(null)
  // Who is in it before the folder has come writes over what then stands there, and not behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown has changed, which took the selection away.
  useLayoutEffect(() => {
    if (typed === undefined && document.activeElement === input.current) input.current?.select()
  }, [shown])

  function type(text: string | undefined) {
    setTyped(text)
    list.resetSelectedOption()
    setActive(null)
    if (text === undefined) list.closeDropdown()
    else list.openDropdown()
  }
  function go(path: string) {
    type(undefined)
    if (path.trim() !== '') goTo(view, path)
  }
  function choose({ path, text }: Choice) {
    if (text === undefined) go(path)
    else type(text)
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    const tab = event.key === 'Tab' && !event.shiftKey && typed !== undefined && choices.length > 0
    if (event.key === 'Escape') return type(undefined)
    if (!tab && !['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) return
    event.preventDefault()
    if (event.key === 'Enter') {
      if (active !== null) list.clickSelectedOption()
      else if (typed === undefined || typed === shown) type(undefined)
      else go(typedPath(typed.length > 1 ? typed.replace(/\/+$/, '') || '/' : typed, here ?? '~'))
      return
    }
    const next = tab ? completed(typed, choices) : undefined
    if (next !== undefined) type(next)
    else if (open) setActive(event.key === 'ArrowUp' ? list.selectPreviousOption() : list.selectNextOption())
  }
  return (
    <Combobox store={list} withinPortal onOptionSubmit={(path) => choices.filter((choice) => choice.path === path).forEach(choose)}>
      <Combobox.Target withAriaAttributes={false} withKeyboardNavigation={false}>
        <TextInput
          ref={input}
          className={classes.pathInput}
          size="xs"
          variant="filled"
          spellCheck={false}
          autoComplete="off"
          role="combobox"
          aria-label={t('path')}
          aria-haspopup="listbox"
          aria-expanded={open}
          aria-controls={open ? (list.listId ?? undefined) : undefined}
          aria-activedescendant={active ?? undefined}
          title={here && shownName(here)}
          value={typed ?? shown}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => type(undefined)}
          onKeyDown={onKeyDown}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!open}>
        {/* It is drawn beside all landmarks, so it is one. */}
        <section aria-label={t('where')}>
          <Combobox.Options aria-label={t('folders')} mah={260} style={{ overflowY: 'auto' }}>
            {choices.map(({ path, shown: name }) => (
              <Combobox.Option key={path} value={path} className={classes.choice ?? ''}>
                {name}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </section>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function useChoices(terminalId: string, view: ViewStore, typed: string | undefined, here: string | undefined): readonly Choice[] {
  const asRoot = useStore(view, (state) => state.asRoot)
  const split = useMemo(() => splitTyped(typed ?? '', here ?? '~'), [typed, here])
  const { data, isPlaceholderData } = useQuery(
    query.files.list.queryOptions({
      input: { terminalId, asRoot, path: split.folder },
      enabled: typed !== undefined,
      // Read anew with the first letter of a name in it, and not with each further one.
      staleTime: 0,
      structuralSharing: false,
      retry: false,
      placeholderData: keepPreviousData,
    }),
  )
  return useMemo(
    () => (data && typed !== undefined && !isPlaceholderData ? choicesOf(data, split) : []),
    [data, isPlaceholderData, split, typed],
  )
}
