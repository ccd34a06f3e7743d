import { Group, NumberInput, SegmentedControl, Stack, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { change } from './change.ts'
import { Labelled } from './look-page.tsx'
import { ProxyChoice } from './proxy-choice.tsx'

const SWITCHES = ['copyOnSelect', 'warnBeforePastingLines', 'reconnect', 'screenReader'] as const

export function TerminalPage() {
  const { t } = useTranslation(['shell', 'monitor'])
  const settings = useSettings()
  return (
    <Stack>
      <Group>
        <NumberInput
          label={t('settings.fontSize')}
          min={6}
          max={40}
          clampBehavior="strict"
          value={settings.fontSize}
          onChange={(value) => whole(value, 6, (fontSize) => change({ fontSize }))}
        />
        <NumberInput
          label={t('settings.scrollback')}
          min={0}
          max={100_000}
          step={1000}
          clampBehavior="strict"
          value={settings.scrollback}
          onChange={(value) => whole(value, 0, (scrollback) => change({ scrollback }))}
        />
      </Group>
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
        label={t('monitor:settings')}
        checked={settings.monitor}
        onChange={(event) => change({ monitor: event.currentTarget.checked })}
      />
    </Stack>
  )
}

/** A field that is empty or half written changes nothing. */
function whole(value: string | number, least: number, use: (value: number) => void): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) use(value)
}
