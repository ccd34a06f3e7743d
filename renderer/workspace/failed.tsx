import { Button, Collapse, Group, Text, Title } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconCopy } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { errorSentence } from '../app/error-words.ts'
import { OpenSerialConsole } from '../keyless/serial-console.tsx'
import { WithoutKey } from '../keyless/without-key.tsx'
import { Why } from '../network/why.tsx'
import { HopPicture } from '../route/hop-picture.tsx'
import { hopStates } from '../route/hop-states.ts'
import { copyText } from '../terminal/clipboard.ts'
import { Bastions } from './bastions.tsx'
import { askChoices } from './choices-dialog.tsx'
import { askForgetHostKey } from './forget-host-key.tsx'
import { machineName } from './tab-name.ts'
import { isRemote, type Tab } from './tabs.ts'
import { reconnectTab } from './terminals.ts'
import { TraceList, traceText } from './trace-list.tsx'
import { useStarted } from './use-started.ts'
import classes from './workspace.module.css'

interface Props {
  readonly tab: Tab
  readonly error: UserErrorData
  onClose(): void
}

/** What happened in one sentence, the buttons that do what it says, and everything that was tried for whoever asks. */
export function Failed({ tab, error, onClose }: Props) {
  const { t } = useTranslation('workspace')
  const { route = [], trace = [] } = tab.terminal ?? {}
  const remote = isRemote(tab) ? tab : undefined
  const ref = tab.target.kind === 'instance' ? tab.target.ref : undefined
  const retry = () => void reconnectTab(tab.key)
  const region = useRef<HTMLDivElement>(null)
  useEffect(() => region.current?.querySelector('button')?.focus(), [])
  const starting = useStarted(tab, error, retry)

  return (
    <div className={classes.story} ref={region}>
      <Title order={2} size="h4" mb="sm">
        {t('failed.title', { name: machineName(tab) })}
      </Title>
      {route.length > 0 && <HopPicture route={route} host={machineName(tab)} states={hopStates(route, trace, 'failed')} />}
      <ErrorMessage error={error} instance={ref} onRetry={retry}>
        {remote && ref && KEYLESS.has(error.code) && <WithoutKey tab={remote} instance={ref} />}
        {ref && SERIAL.has(error.code) && <OpenSerialConsole instance={ref} />}
        {remote && error.code === 'INSTANCE_NO_ADDRESS' && <Bastions tab={remote} details={error.details} />}
        {remote && error.code === 'HOST_KEY_CHANGED' && (
          <Button size="compact-sm" variant="default" onClick={() => askForgetHostKey(remote, error.details)}>
            {t('forgetHostKey.open')}
          </Button>
        )}
        {remote && CHOOSABLE.has(error.code) && (
          <Button size="compact-sm" variant="default" onClick={() => askChoices(remote)}>
            {t('choices.open')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onClose}>
          {t('close')}
        </Button>
      </ErrorMessage>
      {starting && (
        <Text size="sm" mt="xs" role="status">
          {t('failed.starting')}
        </Text>
      )}
      {tab.target.kind === 'instance' && UNREACHED.has(error.code) && !starting && (
        <div className={classes.why}>
          <Why target={tab.target.ref} choices={tab.target.choices} atOnce onRemedied={retry} />
        </div>
      )}
      <Tried tab={tab} error={error} />
    </div>
  )
}

/** No key of this computer opens it: AWS can let one in. */
const KEYLESS = new Set<UserErrorData['code']>(['KEY_NOT_FOUND', 'KEY_WRONG', 'AUTHENTICATION_FAILED'])

/** Its network or its SSH server may be what is broken: its serial console needs neither. */
const SERIAL = new Set<UserErrorData['code']>(['HOST_UNREACHABLE', 'INSTANCE_CONNECT_REFUSED'])

/** Another user, key, address or port may be the way out of these. */
const CHOOSABLE = new Set<UserErrorData['code']>([
  'AUTHENTICATION_FAILED',
  'CERTIFICATE_REFUSED',
  'INSTANCE_CONNECT_REFUSED',
  'KEY_NOT_FOUND',
  'KEY_WRONG',
  'KEY_UNREADABLE',
  'KEY_PASSPHRASE_WRONG',
  'HOST_UNREACHABLE',
  'INSTANCE_NO_ADDRESS',
  'INSTANCE_IS_WINDOWS',
  'JUMP_REFUSED',
  'PROXY_REFUSED',
  'PROXY_COMMAND_FAILED',
  'COMMAND_REFUSED',
  'ROUTE_LOOPS',
])

/** Of these the network may be the reason. */
const UNREACHED = new Set<UserErrorData['code']>(['HOST_UNREACHABLE', 'INSTANCE_NO_ADDRESS'])

function Tried({ tab, error }: Omit<Props, 'onClose'>) {
  const { t, i18n } = useTranslation('workspace')
  const [open, setOpen] = useState(false)
  const trace = tab.terminal?.trace ?? []
  if (trace.length === 0) return undefined
  const copy = () => copyText(`${errorSentence(error, i18n.t, i18n.language)}\n\n${traceText(trace)}\n`)
  return (
    <>
      <Group gap="xs" mt="md">
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          aria-expanded={open}
          leftSection={open ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          onClick={() => setOpen(!open)}
        >
          {t('failed.tried')}
        </Button>
        {open && (
          <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconCopy size={14} />} onClick={() => void copy()}>
            {t('failed.copy')}
          </Button>
        )}
      </Group>
      <Collapse expanded={open}>
        <TraceList trace={trace} label={t('failed.tried')} />
      </Collapse>
    </>
  )
}
