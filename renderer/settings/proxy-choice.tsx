import { SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { change } from './change.ts'
import { Labelled } from './look-page.tsx'

const KINDS = ['none', 'system', 'own'] as const
const ADDRESS = /^(?:socks[45]?[ah]?|http):\/\/(?:[^\s:@/]+@)?(?:\[[^\s\]]+\]|[^\s:@/[\]]+)(?::\d{1,5})?\/?$/i

/** The way out for every host to which nothing else leads. */
export function ProxyChoice() {
  const { t } = useTranslation('stays')
  const { proxy } = useSettings()
  const [address, setAddress] = useState(proxy.address)
  const bad = address.trim() !== '' && !ADDRESS.test(address.trim())
  return (
    <Stack gap={4}>
      <Labelled label={t('proxy.title')}>
        <SegmentedControl
          aria-label={t('proxy.title')}
          value={proxy.kind}
          onChange={(kind) => change({ proxy: { ...proxy, kind } })}
          data={KINDS.map((value) => ({ value, label: t(`proxy.kinds.${value}`) }))}
        />
      </Labelled>
      <Text size="xs" c="dimmed">
        {t(`proxy.explain.${proxy.kind}`)}
      </Text>
      {proxy.kind === 'own' && (
        <TextInput
          aria-label={t('proxy.address')}
          placeholder={t('proxy.example')}
          autoComplete="off"
          spellCheck={false}
          error={bad ? t('proxy.bad') : undefined}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
          onBlur={() => !bad && change({ proxy: { ...proxy, address: address.trim() } })}
        />
      )}
    </Stack>
  )
}
