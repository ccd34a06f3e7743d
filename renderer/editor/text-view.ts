import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import i18next from 'i18next'
import type { LineEnds } from '../../contract/models/text-file.ts'
import { languageOf } from './languages.ts'
import { look } from './look.ts'

export interface TextView {
  readonly view: EditorView
  setWrap(wrap: boolean): void
  /** With `mixed`, a line ends at `\n` alone and its `\r` is one more character. */
  setLineEnds(ends: LineEnds): void
  setLanguage(path: string): Promise<string | undefined>
}

interface Options {
  readonly text: string
  readonly lineEnds: LineEnds
  readonly label: string
  onChange(view: EditorView): void
}

/** What a text is edited with. */
export function createTextView({ text, lineEnds, label, onChange }: Options): TextView {
  const wrapping = new Compartment()
  const separator = new Compartment()
  const language = new Compartment()
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        separator.of(separatorOf(lineEnds)),
        wrapping.of([]),
        language.of([]),
        ...basics(label),
        history(),
        foldGutter(),
        indentOnInput(),
        search({ top: true }),
        highlightSelectionMatches(),
        keymap.of([indentWithTab, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged || update.selectionSet) onChange(update.view)
        }),
      ],
    }),
  })
  return {
    view,
    setWrap: (wrap) => view.dispatch({ effects: wrapping.reconfigure(wrap ? EditorView.lineWrapping : []) }),
    setLineEnds: (ends) => view.dispatch({ effects: separator.reconfigure(separatorOf(ends)) }),
    async setLanguage(path) {
      const found = languageOf(path, view.state.doc.line(1).text.slice(0, 200))
      // A grammar that cannot be fetched now is no reason not to edit.
      const support = await found?.load().catch(() => undefined)
      view.dispatch({ effects: language.reconfigure(support ?? []) })
      return support && found?.name
    },
  }
}

/** What a text looks like, wherever it is shown. */
export function basics(label: string): Extension[] {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    drawSelection(),
    rectangularSelection(),
    bracketMatching(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.phrases.of(i18next.t('editor:codemirror', { returnObjects: true }) as Record<string, string>),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-description': i18next.t('editor:leave'),
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
    ...look,
  ]
}

function separatorOf(ends: LineEnds): Extension {
  return ends === 'mixed' ? EditorState.lineSeparator.of('\n') : []
}

/** What cannot be edited is scrolled with the keyboard all the same. */
export const TAB_STOP = EditorView.contentAttributes.of({ tabindex: '0' })
