import { ActionIcon, Button, Tooltip } from '@mantine/core'
import {
  IconFolders,
  IconKey,
  IconLayoutColumns,
  IconLayoutRows,
  IconMaximize,
  IconMinimize,
  IconPlugConnected,
  IconSearch,
  IconShieldCheck,
  IconTerminal2,
  IconUserShare,
  IconUsersGroup,
  type TablerIcon,
} from '@tabler/icons-react'
import type { DockviewPanelApi } from 'dockview-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Target, TerminalState } from '../../contract/models/terminal.ts'
import { useConnectionState } from '../api/live.ts'
import { openTarget } from '../app/actions.ts'
import { errorSentence } from '../app/error-words.ts'
import { showFiles, useFilesShown } from '../files/files-beside.tsx'
import type { Session } from '../terminal/session.ts'
import { useReasons } from '../words/reasons.ts'
import { useFullScreen } from './full-screen.ts'
import { leaveOut, useMultiExec } from './multi-exec.ts'
import { splitTab } from './open.ts'
import { setSearching } from './searching.ts'
import { exitSentence } from './sessions.ts'
import { runInWorkspace } from './shortcuts.ts'
import { stepSentence } from './step-words.ts'
import { machineName } from './tab-name.ts'
import { isFilesOnly, isRemote, type Tab } from './tabs.ts'
import { cancelConnecting, reconnectTab } from './terminals.ts'
import { useSecondsUntil } from './use-seconds-until.ts'
import classes from './workspace.module.css'

interface Props {
  readonly api: DockviewPanelApi
  readonly tab: Tab
  readonly session: Session
}

/** Above each terminal: who one is there and why, or what became of it and the button that brings it back. */
export function InfoBar({ api, tab, session }: Props) {
  const { t } = useTranslation('workspace')
  const printed = useStore(session.state, (state) => state.printed)
  const files = useFilesShown(tab.key)
  const multiExec = useMultiExec()
  const full = useFullScreen(({ key }) => key === tab.key)
  const there = isRemote(tab) ? tab.target : undefined
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('toolbar', { name: api.title })}>
      {tab.terminal && <Said terminal={tab.terminal} tab={tab} session={session} printed={printed} />}
      <div className={classes.barEnd}>
        {multiExec.on && tab.terminal?.phase.kind === 'open' && (
          <BarButton
            label={t('multiExec.takePart')}
            Icon={IconUsersGroup}
            pressed={!multiExec.leftOut.has(tab.key)}
            onClick={() => leaveOut(tab.key, !multiExec.leftOut.has(tab.key))}
          />
        )}
        {there?.filesOnly && <BarButton label={t('openTerminal')} Icon={IconTerminal2} onClick={() => openTarget(withShell(there))} />}
        {!isFilesOnly(tab) && (
          <>
            {there && <BarButton label={t('files')} Icon={IconFolders} pressed={files} onClick={() => showFiles(tab.key, !files)} />}
            <BarButton label={t('search.title')} Icon={IconSearch} onClick={() => setSearching(tab.key, true)} />
          </>
        )}
        <BarButton
          label={t(full ? 'fullScreen.leave' : 'fullScreen.enter')}
          Icon={full ? IconMinimize : IconMaximize}
          onClick={() => {
            api.setActive()
            runInWorkspace('full-screen')
          }}
        />
        <BarButton label={t('splitRight')} Icon={IconLayoutColumns} onClick={() => void splitTab(tab.key, 'right')} />
        <BarButton label={t('splitDown')} Icon={IconLayoutRows} onClick={() => void splitTab(tab.key, 'below')} />
      </div>
    </div>
  )
}

function withShell({ filesOnly: _, ...target }: Target): Target {
  return target
}

interface SaidProps {
  readonly terminal: TerminalState
  readonly tab: Tab
  readonly session: Session
  readonly printed: boolean
}

function Said({ terminal, tab, session, printed }: SaidProps) {
  const { t, i18n } = useTranslation('workspace')
  const { phase } = terminal
  const link = useStore(session.state, (state) => state.link)
  const core = useConnectionState()
  const seconds = useSecondsUntil(phase.kind === 'lost' ? phase.retryAt : undefined)
  const reconnect = (
    <Button size="compact-xs" leftSection={<IconPlugConnected size={14} />} onClick={() => void reconnectTab(tab.key)}>
      {t('reconnect')}
    </Button>
  )
  if (link === 'closed' && core === 'up' && !tab.gone)
    return (
      <>
        <span className={classes.barText}>{t('elsewhere')}</span>
        <Button size="compact-xs" onClick={() => session.connect(tab.terminalId)}>
          {t('bringHere')}
        </Button>
      </>
    )
  switch (phase.kind) {
    case 'open':
      return isRemote(tab) ? <WhoAndWhy terminal={terminal} /> : <span className={classes.barWho}>{t('local.here')}</span>
    case 'connecting':
      return (
        <>
          <span className={classes.barWho}>{t('connecting.title', { name: machineName(tab) })}</span>
          {printed && (
            <>
              <span className={classes.barText}>{stepSentence(terminal.trace.at(-1))}</span>
              <Button size="compact-xs" variant="default" onClick={() => cancelConnecting(tab.key)}>
                {t('cancel')}
              </Button>
            </>
          )}
        </>
      )
    case 'exited':
      return (
        <>
          <span className={classes.barText}>{exitSentence(phase.exit)}</span>
          {reconnect}
        </>
      )
    case 'lost':
      return (
        <>
          <span className={classes.barText} role="status">
            {errorSentence(phase.error, i18n.t, i18n.language)}
          </span>
          {seconds !== undefined && <span className={classes.barWho}>{t('retryIn', { count: seconds })}</span>}
          {reconnect}
        </>
      )
    case 'failed':
      return <span className={classes.barWho}>{t('failed.title', { name: machineName(tab) })}</span>
  }
}

function WhoAndWhy({ terminal }: { readonly terminal: TerminalState }) {
  const { login, key, hostKey, address, name, forwardsAgent, kept, x11, route = [] } = terminal
  const { t } = useTranslation(['ssh', 'stays'])
  const reasons = useReasons()
  return (
    <>
      {login && (
        <span className={classes.barWho} title={address && `${address.host}:${address.port}`}>
          <b>{login.user}</b>@{name}
        </span>
      )}
      {route.length > 0 && (
        <span className={classes.barText} title={route.map((hop) => hop.name).join(' › ')}>
          {t('route.via', { names: route.map((hop) => hop.name).join(' › ') })}
        </span>
      )}
      {login && <span className={classes.barText}>{reasons.login(login)}</span>}
      {hostKey && (
        <span
          className={hostKey.reason === 'accepted-by-config' ? classes.barWarn : classes.barTrust}
          title={`${hostKey.algorithm} ${hostKey.fingerprint}`}
        >
          <IconShieldCheck size={14} aria-hidden style={{ flex: 'none' }} />
          <span className={classes.barTrustText}>{reasons.trust(hostKey)}</span>
        </span>
      )}
      {forwardsAgent && (
        <span className={classes.barWarn}>
          <IconUserShare size={14} aria-hidden style={{ verticalAlign: '-2px', marginRight: 4 }} />
          {t('forwardsAgent')}
        </span>
      )}
      {kept && <span className={kept.by === 'none' ? classes.barWarn : classes.barText}>{t(`stays:kept.${kept.by}`, kept)}</span>}
      {x11 && <span className={classes.barWarn}>{t(`stays:x11.${x11}`)}</span>}
      {key?.kind === 'found' && (
        <span className={classes.barText} title={`${key.fingerprint}\n${reasons.key(key)}`}>
          <IconKey size={14} aria-hidden style={{ verticalAlign: '-2px', marginRight: 4 }} />
          {key.label}
        </span>
      )}
    </>
  )
}

interface ButtonProps {
  readonly label: string
  readonly Icon: TablerIcon
  /** Of a switch. */
  readonly pressed?: boolean
  onClick(): void
}

function BarButton({ label, Icon, pressed, onClick }: ButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} aria-pressed={pressed} onClick={onClick}>
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
