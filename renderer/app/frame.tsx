import { Drawer, Splitter } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { change } from '../settings/change.ts'
import { setDrawer, useShell } from './actions.ts'
import classes from './app.module.css'
import { DetailsPane, SidePanel, Work } from './panes.tsx'
import { useNarrow } from './use-narrow.ts'

const SAVE_AFTER_MS = 400

/** Side panel, work and details beside each other; in a narrow window the outer two are drawers. */
export function Frame() {
  const { sidePanelWidth, detailsWidth, detailsOpen } = useSettings()
  const narrow = useNarrow()
  const [dragged, setDragged] = useState<readonly [number, number] | undefined>()
  const save = useDebouncedCallback((side: number, details: number) => {
    change({ sidePanelWidth: side, ...(details > 0 && { detailsWidth: details }) })
  }, SAVE_AFTER_MS)
  // What the settings say wins again as soon as they have changed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the widths are what to react to.
  useEffect(() => setDragged(undefined), [sidePanelWidth, detailsWidth])

  const withDetails = detailsOpen && !narrow
  const side = narrow ? 0 : (dragged?.[0] ?? sidePanelWidth)
  const details = withDetails ? (dragged?.[1] ?? detailsWidth) : 0
  return (
    <>
      <Splitter
        className={classes.frame}
        lineSize={1}
        handleColor="var(--mooring-line)"
        withHandle={false}
        sizes={[`${side}px`, 1, `${details}px`]}
        onSizeChange={([newSide, , newDetails]) => {
          const widths = [pixels(newSide, 160), withDetails ? pixels(newDetails, 200) : 0] as const
          setDragged(widths)
          save(...widths)
        }}
      >
        <Splitter.Pane className={classes.pane} defaultSize="300px" max="900px">
          {!narrow && <SidePanel />}
        </Splitter.Pane>
        <Splitter.Pane className={classes.pane} defaultSize={1}>
          <Work />
        </Splitter.Pane>
        <Splitter.Pane className={classes.pane} defaultSize="340px" max="900px">
          {withDetails && <DetailsPane />}
        </Splitter.Pane>
      </Splitter>
      {narrow && <Drawers />}
    </>
  )
}

function pixels(size: number | string | undefined, least: number): number {
  return Math.round(Math.min(900, Math.max(least, Number.parseFloat(String(size)))))
}

function Drawers() {
  const { t } = useTranslation()
  const drawer = useShell((shell) => shell.drawer)
  const close = () => setDrawer(undefined)
  const common = { onClose: close, size: 'min(340px, 90vw)', padding: 0, withCloseButton: false, transitionProps: { duration: 100 } }
  return (
    <>
      <Drawer opened={drawer === 'side-panel'} {...named(t('frame.sidePanel'))} {...common}>
        <SidePanel />
      </Drawer>
      <Drawer opened={drawer === 'details'} position="right" {...named(t('frame.details'))} {...common}>
        <DetailsPane />
      </Drawer>
    </>
  )
}

/** On what is the dialog: around it is an element that may have no name. */
function named(name: string) {
  return { attributes: { content: { 'aria-label': name } } }
}
