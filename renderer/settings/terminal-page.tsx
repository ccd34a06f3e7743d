import { Button, Group, NumberInput, SegmentedControl, Stack, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { mayTellOutside } from '../host/tell-outside.ts'
import { change } from './change.ts'
import { Labelled } from './look-page.tsx'
import { ProxyChoice } from './proxy-choice.tsx'

const SWITCHES = ['copyOnSelect', 'warnBeforePastingLines', 'reconnect', 'keepTabs', 'commandHistory', 'screenReader'] as const

export function TerminalPage() {
  const { t } = useTranslation(['shell', 'monitor'])
  const settings = useSettings()
  const [refused, setRefused] = useState(false)
  async function setTelling(wanted: boolean) {
    const may = !wanted || (await mayTellOutside())
    setRefused(!may)
    if (may) change({ tellOutside: wanted })
  }
  return (
    <Stack>
      <NumberInput
        label={t('settings.scrollback')}
        maw={200}
        min={0}
        max={100_000}
        step={1000}
        clampBehavior="strict"
        value={settings.scrollback}
        onChange={(value) => typeof value === 'number' && Number.isInteger(value) && change({ scrollback: value })}
      />
      <Labelled label={t('settings.rightClick')}>
        <SegmentedControl
          aria-label={t('settings.rightClick')}
          value={settings.rightClick}
          onChange={(rightClick) => change({ rightClick })}
          data={(['paste', 'menu'] as const).map((value) => ({ value, label: t(`settings.rightClicks.${value}`) }))}
        />
      </Labelled>
      <Labelled label={t('settings.bell')}>
        <SegmentedControl
          aria-label={t('settings.bell')}
          value={settings.bell}
          onChange={(bell) => change({ bell })}
          data={(['none', 'mark', 'sound'] as const).map((value) => ({ value, label: t(`settings.bells.${value}`) }))}
        />
      </Labelled>
      <Labelled label={t('settings.hostClipboard')}>
        <Group>
          <SegmentedControl
            aria-label={t('settings.hostClipboard')}
            value={settings.hostClipboard}
            onChange={(hostClipboard) => change({ hostClipboard })}
            data={(['ask', 'always', 'never'] as const).map((value) => ({ value, label: t(`settings.hostClipboards.${value}`) }))}
          />
          {settings.clipboardHosts.length > 0 && (
            <Button variant="default" size="xs" onClick={() => change({ clipboardHosts: [] })}>
              {t('settings.forgetClipboardHosts', { count: settings.clipboardHosts.length })}
            </Button>
          )}
        </Group>
      </Labelled>
      <ProxyChoice />
      {SWITCHES.map((name) => (
        <Switch
          key={name}
          label={t(`settings.${name}`)}
          description={name === 'screenReader' ? t('settings.screenReaderText') : undefined}
          checked={settings[name]}
          onChange={(event) => change({ [name]: event.currentTarget.checked })}
        />
      ))}
      <Switch
        label={t('settings.tellOutside')}
        description={t('settings.tellOutsideText')}
        error={refused && t('settings.tellOutsideRefused')}
        checked={settings.tellOutside}
        onChange={(event) => void setTelling(event.currentTarget.checked)}
      />
      <Switch
        label={t('monitor:settings')}
        checked={settings.monitor}
        onChange={(event) => change({ monitor: event.currentTarget.checked })}
      />
    </Stack>
  )
}
