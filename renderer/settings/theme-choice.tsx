import { Radio, Text, useComputedColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/live.ts'
import { previewTheme } from '../terminal/look/preview.ts'
import { OWN_THEME, publishedThemes, themeOf } from '../terminal/look/themes.ts'
import classes from './theme-choice.module.css'

interface Props {
  readonly value: string
  onChange(id: string): void
}

/** Each as it looks; the open terminals show the one that is pointed at or has the focus. */
export function ThemeChoice({ value, onChange }: Props) {
  const { t } = useTranslation()
  const { terminalThemes } = useSettings()
  const themes = [{ id: OWN_THEME, name: t('settings.ownTheme') }, ...publishedThemes, ...terminalThemes]
  // Left by closing the dialog as well.
  useEffect(() => () => previewTheme(undefined), [])
  return (
    <Radio.Group label={t('settings.terminalTheme')} value={value} onChange={onChange}>
      <div className={classes.grid} onPointerLeave={() => previewTheme(undefined)}>
        {themes.map(({ id, name }) => (
          <Radio.Card
            key={id}
            value={id}
            aria-label={name}
            className={classes.card}
            onPointerEnter={() => previewTheme(id)}
            onFocus={() => previewTheme(id)}
            onBlur={() => previewTheme(undefined)}
          >
            <Sample id={id} />
            <Text size="xs" truncate>
              {name}
            </Text>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}

const COMMAND = 'ls'

/** A prompt, and the colours as blocks. */
function Sample({ id }: { readonly id: string }) {
  const { terminalThemes } = useSettings()
  const theme = themeOf(id, terminalThemes, useComputedColorScheme())
  const colours = [theme.red, theme.yellow, theme.green, theme.cyan, theme.blue, theme.magenta]
  return (
    <div className={classes.sample} style={{ background: theme.background, color: theme.foreground }} aria-hidden>
      <span style={{ color: theme.green }}>~</span> <span style={{ color: theme.blue }}>$</span> {COMMAND}
      <div className={classes.colours}>
        {colours.map((colour, index) => (
          <span key={index} style={{ background: colour }} />
        ))}
      </div>
    </div>
  )
}
