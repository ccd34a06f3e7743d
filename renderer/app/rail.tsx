import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowsLeftRight, IconBookmark, IconServer2, IconShieldSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog, type Room, setDrawer, setRoom, useShell } from './actions.ts'
import classes from './app.module.css'

const ROOMS = [
  { room: 'instances', Icon: IconServer2 },
  { room: 'bookmarks', Icon: IconBookmark },
  { room: 'tunnels', Icon: IconArrowsLeftRight },
] as const satisfies readonly { room: Room; Icon: unknown }[]

export function Rail() {
  const { t } = useTranslation()
  const { t: audit } = useTranslation('audit')
  const current = useShell((shell) => shell.room)
  return (
    <nav className={classes.rail} aria-label={t('frame.rooms')}>
      {ROOMS.map(({ room, Icon }) => (
        <Tooltip key={room} label={t(`rooms.${room}`)} position="right">
          <ActionIcon
            size={36}
            radius="lg"
            variant={room === current ? 'light' : 'subtle'}
            color={room === current ? 'mooring' : 'gray'}
            aria-label={t(`rooms.${room}`)}
            aria-current={room === current ? 'page' : undefined}
            onClick={() => {
              setRoom(room)
              setDrawer('side-panel')
            }}
          >
            <Icon size={20} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Tooltip label={audit('title')} position="right">
        <ActionIcon
          size={36}
          radius="lg"
          variant="subtle"
          color="gray"
          mt="auto"
          aria-label={audit('title')}
          onClick={() => openDialog({ kind: 'audit' })}
        >
          <IconShieldSearch size={20} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
    </nav>
  )
}
