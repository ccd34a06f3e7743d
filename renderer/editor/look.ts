import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags as t } from '@lezer/highlight'

/** Both themes in one: the colours are variables of editor.module.css. */
const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--mantine-color-text)', backgroundColor: 'var(--mooring-work)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': { backgroundColor: 'var(--mooring-work)', color: 'var(--mooring-faint)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--editor-active-line)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--editor-active-line)', color: 'var(--mantine-color-text)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--editor-selection)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--editor-match)' },
  '.cm-searchMatch': { backgroundColor: 'var(--editor-match)', outline: '1px solid var(--mooring-warn)' },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--editor-selection)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--editor-match)',
    outline: '1px solid var(--mooring-line)',
  },
  '.cm-ours': { color: 'var(--editor-comment)', fontStyle: 'italic' },
  '.cm-specialChar': { color: 'var(--mooring-bad)' },
  '.cm-panels': { backgroundColor: 'var(--mooring-panel)', color: 'var(--mantine-color-text)', fontFamily: 'var(--mantine-font-family)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--mooring-line)' },
  '.cm-panel.cm-search, .cm-panel.cm-dialog': { padding: '6px 28px 6px 8px' },
  '.cm-panel.cm-search label': { fontSize: '12px', whiteSpace: 'nowrap' },
  '.cm-textfield': {
    backgroundColor: 'var(--mooring-work)',
    border: '1px solid var(--mooring-line)',
    borderRadius: '4px',
    padding: '3px 6px',
    fontSize: '13px',
    width: '160px',
  },
  '.cm-textfield:focus-visible, .cm-button:focus-visible': { outline: '2px solid var(--mantine-primary-color-filled)' },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--mooring-work)',
    border: '1px solid var(--mooring-line)',
    borderRadius: '4px',
    padding: '3px 8px',
    fontSize: '12px',
    cursor: 'pointer',
  },
  '.cm-panel button[name=close], .cm-dialog-close': { color: 'var(--mantine-color-dimmed)', fontSize: '18px', cursor: 'pointer' },
})

const colours = HighlightStyle.define([
  { tag: [t.keyword, t.operatorKeyword, t.modifier, t.controlKeyword], color: 'var(--editor-keyword)' },
  { tag: [t.string, t.special(t.string), t.regexp, t.inserted], color: 'var(--editor-string)' },
  { tag: [t.number, t.bool, t.null, t.atom, t.unit], color: 'var(--editor-number)' },
  { tag: [t.comment, t.meta], color: 'var(--editor-comment)', fontStyle: 'italic' },
  { tag: [t.propertyName, t.attributeName, t.definition(t.propertyName), t.labelName], color: 'var(--editor-property)' },
  { tag: [t.function(t.variableName), t.definition(t.variableName), t.className, t.typeName, t.tagName], color: 'var(--editor-name)' },
  { tag: [t.invalid, t.deleted], color: 'var(--mooring-bad)' },
  { tag: t.heading, fontWeight: 'bold', color: 'var(--editor-name)' },
  { tag: t.link, textDecoration: 'underline', color: 'var(--editor-property)' },
  { tag: t.emphasis, fontStyle: 'italic' },
  { tag: t.strong, fontWeight: 'bold' },
])

export const look = [theme, syntaxHighlighting(colours, { fallback: true })]
