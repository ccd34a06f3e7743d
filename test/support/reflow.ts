import type { Page } from '@playwright/test'

/**
 * What cannot be seen or pressed on the page as it is, a sentence each: WCAG 1.4.4 and 1.4.10. What lies in something that scrolls can
 * be reached; what is cut by something that does not, or covered, cannot. With a dialog open, only what is in it counts.
 */
export function outOfReach(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const CONTROLS = 'button, a[href], input, select, textarea, [role=tab], [role=menuitem], [role=switch], [role=checkbox], [role=option]'
    /** Draw and scroll by themselves; and what is for a screen reader alone. */
    const THEIR_OWN = '.xterm, .cm-content, [aria-hidden=true], [inert]'
    const LEAST = 3
    const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].filter((dialog) => dialog.checkVisibility())
    const top = dialogs.at(-1)
    const menus = [...document.querySelectorAll('[role=menu], [role=listbox]')].filter((menu) => menu.checkVisibility())
    const scopes = menus.length > 0 ? menus : [top ?? document.body]
    const problems: string[] = []

    const name = (element: Element) =>
      `${element.tagName.toLowerCase()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}”`
    const scrolls = (value: string) => value === 'auto' || value === 'scroll'

    /** The part of the box that can be brought into the window; what scrolls brings all that is in it. */
    function reachable(element: Element): string | undefined {
      let { left, right, top: above, bottom: below } = element.getBoundingClientRect()
      let fixed = false
      for (let around = element.parentElement; around && !fixed; around = around.parentElement) {
        const style = getComputedStyle(around)
        const box = around.getBoundingClientRect()
        for (const axis of ['x', 'y'] as const) {
          const overflow = axis === 'x' ? style.overflowX : style.overflowY
          if (overflow === 'visible') continue
          const [from, to] = axis === 'x' ? [box.left, box.right] : [box.top, box.bottom]
          const [start, end] = axis === 'x' ? [left, right] : [above, below]
          if (to - from < Math.min(end - start, 24) - LEAST) return `has no room in ${name(around)} (${axis})`
          if (!scrolls(overflow) && (start < from - LEAST || end > to + LEAST)) return `is cut off by ${name(around)} (${axis})`
          const size = Math.min(end - start, to - from)
          const at = scrolls(overflow) ? Math.min(Math.max(start, from), to - size) : start
          if (axis === 'x') [left, right] = [at, at + size]
          else [above, below] = [at, at + size]
        }
        fixed = style.position === 'fixed'
      }
      const outside = left < -LEAST || right > innerWidth + LEAST || above < -LEAST || below > innerHeight + LEAST
      return outside ? `is outside the window (${[left, above, right, below].map(Math.round)})` : undefined
    }
    /** Something else is where it is in sight. */
    function covered(element: Element): string | undefined {
      const box = element.getBoundingClientRect()
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      if (!hit || element.contains(hit) || hit.contains(element)) return undefined
      const label = element.closest('label') ?? document.querySelector(`label[for="${CSS.escape(element.id)}"]`)
      if (label?.contains(hit) || element.parentElement?.contains(hit)) return undefined
      // Scrolled away below what is around it.
      for (let around = element.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowY === 'visible' && getComputedStyle(around).overflowX === 'visible') continue
        const edge = around.getBoundingClientRect()
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2]
        if (x < edge.left || x > edge.right || y < edge.top || y > edge.bottom) return undefined
      }
      return `is covered by ${name(hit)}`
    }

    if (document.documentElement.scrollWidth > innerWidth)
      problems.push(`the page scrolls sideways: ${document.documentElement.scrollWidth}`)
    for (const scope of scopes) {
      for (const control of scope.querySelectorAll(CONTROLS)) {
        const box = control.getBoundingClientRect()
        if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || box.width <= 1 || box.height <= 1) continue
        if (control.closest(THEIR_OWN)) continue
        const problem = reachable(control) ?? covered(control)
        if (problem) problems.push(`${name(control)} ${problem}`)
      }
    }
    return [...new Set(problems)]
  })
}
