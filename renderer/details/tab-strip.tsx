import { Scroller, Tabs } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

/** Tabs in one line at any width: what does not fit is scrolled to, by its edge, by the wheel, or by the arrow keys. */
export function TabStrip({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  const { t } = useTranslation()
  const strip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (value) strip.current?.querySelector('[role=tab][aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [value])
  // The keyboard goes from tab to tab; a stop before and after them would be in its way.
  const control = (label: string) => ({ 'aria-label': label, tabIndex: -1 })
  return (
    <Scroller
      ref={strip}
      controlSize={36}
      flex="none"
      startControlProps={control(t('details.tabsBefore'))}
      endControlProps={control(t('details.tabsAfter'))}
    >
      <Tabs.List px="sm" style={{ flexWrap: 'nowrap' }}>
        {children}
      </Tabs.List>
    </Scroller>
  )
}
