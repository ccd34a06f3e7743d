import { MantineThemeProvider } from '@mantine/core'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What Mantine's own parts say to a screen reader, in the language of the page. */
export function SpokenTheme({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  const close = t('close')
  const theme = useMemo(() => {
    const named = { defaultProps: { closeButtonProps: { 'aria-label': close } } }
    // A dialog's <header> would count as another banner of the page.
    const modal = { defaultProps: { ...named.defaultProps, attributes: { header: { role: 'none' } } } }
    return { components: { Modal: modal, Drawer: named, Notification: named } }
  }, [close])
  return <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>
}
