const CONTROLS = 'input:not([type=hidden]):not(:disabled), button:not(:disabled), textarea, select'

/** Gives the focus to the control with this name on a page of the settings; false where there is none now. */
export function focusSetting(page: HTMLElement, name: string): boolean {
  const control = named(page, name)
  if (!control || control === document.activeElement) return control !== undefined
  control.focus()
  control.scrollIntoView({ block: 'center' })
  return true
}

function named(page: HTMLElement, name: string): HTMLElement | undefined {
  const labelled = [...page.querySelectorAll<HTMLElement>('[aria-label]')].find((each) => each.getAttribute('aria-label') === name)
  if (labelled) return within(labelled)
  const label = [...page.querySelectorAll<HTMLElement>('label, legend, button, [id]')].find((each) => textOf(each) === name)
  if (!label) return undefined
  if (label.tagName === 'BUTTON') return label
  const of =
    label instanceof HTMLLabelElement ? label.control : page.querySelector<HTMLElement>(`[aria-labelledby~="${CSS.escape(label.id)}"]`)
  return of ? within(of) : within(label.parentElement ?? page)
}

/** A group's chosen one, or its first; a control itself. */
function within(element: HTMLElement): HTMLElement | undefined {
  if (element.matches(CONTROLS)) return element
  return element.querySelector<HTMLElement>('input:checked') ?? element.querySelector<HTMLElement>(CONTROLS) ?? undefined
}

const textOf = (element: HTMLElement) => element.textContent?.trim()
