import { Menu } from '@mantine/core'
import { IconBookmarkPlus, IconChevronDown, IconChevronRight, IconFolders, IconServerCog, IconTerminal2 } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConfigHost } from '../../contract/models/ssh-config.ts'
import { useSshConfig } from '../api/live.ts'
import { openTarget } from '../app/actions.ts'
import { errorSentence } from '../app/error-words.ts'
import { type Point, PointerMenu } from '../workspace/pointer-menu.tsx'
import { newBookmark } from './actions.tsx'
import classes from './bookmarks.module.css'
import { addressOf, matchesHost } from './config-host.ts'
import { editBookmark } from './edit-bookmark.tsx'

const targetOf = ({ name }: ConfigHost) => ({ kind: 'host' as const, host: name })

/** The hosts of the person's own ~/.ssh/config: they are opened here and changed there. */
export function ConfigHosts({ term }: { readonly term: string }) {
  const { t, i18n } = useTranslation('ssh')
  const { hosts, problems } = useSshConfig()
  const [open, setOpen] = useState(true)
  const [menu, setMenu] = useState<{ at: Point; host: ConfigHost }>()
  if (hosts.length === 0 && problems.length === 0) return undefined
  const shown = hosts.filter((host) => matchesHost(host, term))
  const Chevron = open ? IconChevronDown : IconChevronRight
  const broken = problems.filter(({ code }) => code === 'SSH_CONFIG_BROKEN')

  return (
    <section className={classes.config} aria-label={t('hosts.title')}>
      <button type="button" className={classes.configHead} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron size={14} aria-hidden />
        <span>{t('hosts.title')}</span>
        <span className={classes.configCount}>{shown.length}</span>
      </button>
      {open && (
        <>
          {broken.map((problem) => (
            <p key={JSON.stringify(problem)} className={classes.configProblem}>
              {errorSentence(problem, i18n.t, i18n.language)}
            </p>
          ))}
          <ul className={classes.configList} onKeyDown={moveFocus}>
            {shown.map((host) => (
              <li key={host.name}>
                <button
                  type="button"
                  className={`${classes.row} ${classes.configHost}`}
                  title={host.through && t('route.via', { names: host.through })}
                  onDoubleClick={() => openTarget(targetOf(host))}
                  onKeyDown={(event) => {
                    if (event.key === 'Enter') openTarget(targetOf(host))
                  }}
                  onContextMenu={(event) => {
                    event.preventDefault()
                    setMenu({ at: { x: event.clientX, y: event.clientY }, host })
                  }}
                >
                  <IconServerCog size={16} className={classes.machine} aria-hidden />
                  <span className={classes.name}>{host.name}</span>
                  <span className={classes.address}>{addressOf(host)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      <PointerMenu at={menu?.at} label={t('hosts.menu')} onClose={() => setMenu(undefined)}>
        <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={() => menu && openTarget(targetOf(menu.host))}>
          {t('hosts.open')}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolders size={16} />} onClick={() => menu && openTarget({ ...targetOf(menu.host), filesOnly: true })}>
          {t('hosts.openFiles')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconBookmarkPlus size={16} />}
          onClick={() => menu && editBookmark({ ...newBookmark(undefined), name: menu.host.name, target: targetOf(menu.host) })}
        >
          {t('hosts.keep')}
        </Menu.Item>
      </PointerMenu>
    </section>
  )
}

/** Up and down, as in the tree above. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  const rows = [...event.currentTarget.querySelectorAll('button')]
  const next = rows[rows.indexOf(document.activeElement as HTMLButtonElement) + step]
  event.preventDefault()
  next?.focus()
}
