import { Kbd } from '@mantine/core'
import { useSettings } from '../api/live.ts'
import { isMac } from '../workspace/platform.ts'
import { shownKeys } from './chord.ts'
import type { CommandId } from './commands.ts'
import { keysOf } from './shortcuts.ts'

/**
 * The first keys of a command as they are now, at the end of its line in a menu; nothing where it has none. No part of the line's
 * name: the page of shortcuts reads them out.
 */
export function Keys({ of }: { readonly of: CommandId }) {
  const [keys] = keysOf(of, useSettings().shortcuts, isMac)
  return keys === undefined ? undefined : (
    <Kbd size="xs" aria-hidden style={{ whiteSpace: 'nowrap' }}>
      {shownKeys(keys)}
    </Kbd>
  )
}
