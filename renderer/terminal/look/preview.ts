import { create } from 'zustand'

/** A theme that is only being looked at: every terminal shows it until it is chosen or left. */
export const useThemePreview = create<{ readonly theme: string | undefined }>(() => ({ theme: undefined }))

export const previewTheme = (theme: string | undefined) => useThemePreview.setState({ theme })
