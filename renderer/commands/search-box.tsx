import { Kbd } from '@mantine/core'
import { Spotlight } from '@mantine/spotlight'
import { IconBookmark, IconCommand, IconPlugConnected, IconSearch, IconServer2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { refKey } from '../api/instances.ts'
import { useBookmarks } from '../api/live.ts'
import { connect, label } from '../instances/actions.tsx'
import { useAllInstances } from '../instances/use-instances.ts'
import { openQuickTarget, openWithKey } from '../quick-connect/open.ts'
import { isProblem, parseQuickConnect } from '../quick-connect/parse.ts'
import { shownKeys } from '../shortcuts/chord.ts'
import classes from './commands.module.css'
import { useCommands } from './commands.tsx'
import { findBookmarks, findInstances } from './find.ts'
import { bestOf } from './fuzzy.ts'

/** Ctrl+K: instances, bookmarks, commands, and any `user@host:port`. */
export function SearchBox() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const query = text.trim()
  const instances = findInstances(useAllInstances(), query)
  const bookmarks = findBookmarks(useBookmarks().bookmarks, query)
  const commands = bestOf(
    useCommands().filter(({ onlyFound }) => !onlyFound || query !== ''),
    query,
    ({ words, english }) => (english === undefined ? [words] : [words, english]),
  )
  const host = hostOf(query)

  return (
    <Spotlight.Root
      query={text}
      onQueryChange={setText}
      shortcut={null}
      centered={false}
      scrollable
      maxHeight="60vh"
      transitionProps={{ duration: 80 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      classNames={{ action: classes.action }}
      attributes={{ content: { 'aria-label': t('commands.open') } }}
    >
      <Spotlight.Search placeholder={t('commands.placeholder')} aria-label={t('commands.open')} leftSection={<IconSearch size={18} />} />
      <Spotlight.ActionsList>
        {instances.length > 0 && (
          <Spotlight.ActionsGroup label={t('commands.instances')}>
            {instances.map((instance) => (
              <Spotlight.Action
                key={refKey(instance.ref)}
                label={label(instance)}
                description={[t(`states.${instance.state}`), instance.publicAddress, instance.ref.region].filter(Boolean).join(' · ')}
                leftSection={<IconServer2 size={18} />}
                onClick={() => connect([instance])}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {bookmarks.length > 0 && (
          <Spotlight.ActionsGroup label={t('commands.bookmarks')}>
            {bookmarks.map((bookmark) => (
              <Spotlight.Action
                key={bookmark.id}
                label={bookmark.name}
                leftSection={<IconBookmark size={18} />}
                onClick={() => void openWithKey(bookmark.target, bookmark.keyPath)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {host && (
          <Spotlight.ActionsGroup label={t('commands.connect')}>
            <Spotlight.Action
              label={t('commands.connectTo', { host: query })}
              leftSection={<IconPlugConnected size={18} />}
              onClick={() => void openQuickTarget(host)}
            />
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t('commands.commands')}>
            {commands.map((command) => (
              <Spotlight.Action
                key={command.words}
                label={command.words}
                leftSection={<IconCommand size={18} />}
                rightSection={command.keys && <Kbd size="xs">{shownKeys(command.keys)}</Kbd>}
                onClick={command.run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {instances.length + bookmarks.length + commands.length === 0 && !host && <Spotlight.Empty>{t('commands.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** A single plain word is more likely a search; with an @, a dot, a colon or several words it names a host. */
function hostOf(query: string) {
  if (!/[@.:\s]/.test(query)) return undefined
  const parsed = parseQuickConnect(query)
  return isProblem(parsed) ? undefined : parsed
}
