/** A thing that vttest or esctest asks of a terminal: what is printed, and what is on a screen of 40 columns and 6 rows then. */
export interface Row {
  readonly what: string
  readonly print: string
  /** Its rows from the top, without blanks at their ends; those that are not named are empty. */
  readonly screen?: readonly string[]
  /** Column and row, from 1. */
  readonly cursor?: readonly [number, number]
  readonly answer?: string
  /** Absent: xterm.js does it. */
  readonly not?: true
}

const E = '\x1b'
const C = '\x1b['

export const groups: readonly { readonly name: string; readonly rows: readonly Row[] }[] = [
  {
    name: 'Cursor',
    rows: [
      {
        what: 'CUP, HVP: to a place, and to the edge where it is beyond',
        print: `${C}3;5Ha${C}2;2fb${C}99;99H`,
        screen: ['', ' b', '    a'],
        cursor: [40, 6],
      },
      {
        what: 'CUU, CUD, CUF, CUB: by steps, stopping at the edges',
        print: `${C}3;3H${C}2A${C}B${C}4C${C}2Dx`,
        screen: ['', '    x'],
        cursor: [6, 2],
      },
      { what: 'CNL, CPL: to the beginning of a line further on', print: `abc${C}2Ed${C}Fe`, screen: ['abc', 'e', 'd'] },
      { what: 'CHA, HPA, VPA: to a column, to a row', print: `${C}5Ga${C}10\`b${C}3dc`, screen: ['    a    b', '', '          c'] },
      { what: 'DECSC, DECRC: kept and brought back, colours too', print: `${C}2;3H${E}7${C}5;5H${E}8x`, screen: ['', '  x'] },
      { what: 'SCOSC, SCORC: the same as CSI s and u', print: `${C}2;3H${C}s${C}5;5H${C}ux`, screen: ['', '  x'] },
      {
        what: 'HT, HTS, TBC: tab stops every 8 columns, set and cleared',
        print: `\ta\r${C}4G${E}H\r\tb\r${C}3g\tc`,
        screen: ['   b    a                              c'],
      },
      { what: 'CBT, CHT: tabs backwards and forwards', print: `${C}2Ia${C}Zb`, screen: ['                b'] },
      { what: 'BS, CR, LF, VT, FF', print: 'ab\bc\rd\ne\vf\fg', screen: ['dc', ' e', '  f', '   g'] },
      { what: 'IND, NEL, RI', print: `a${E}Db${E}Ec${E}Md`, screen: ['a', ' d', 'c'] },
      {
        what: 'DECAWM: at the right edge the next line begins, or not',
        print: `${C}1;39Habc${C}?7l${C}3;39Hxyz`,
        screen: [`${' '.repeat(38)}ab`, 'c', `${' '.repeat(38)}xz`],
      },
      { what: 'DECOM: rows counted from the scrolling region', print: `${C}2;4r${C}?6h${C}1;1Ha${C}9;1Hb`, screen: ['', 'a', '', 'b'] },
      { what: 'REP: the last character again', print: `x${C}4b`, screen: ['xxxxx'] },
    ],
  },
  {
    name: 'Erasing and editing',
    rows: [
      { what: 'ED: below, above, all', print: `a\r\nb\r\nc${C}2;1H${C}J`, screen: ['a'] },
      { what: 'ED 1: to the cursor', print: `abc\r\ndef\r\nghi${C}2;2H${C}1J`, screen: ['', '  f', 'ghi'] },
      { what: 'ED 2 leaves the cursor where it is', print: `abc${C}2Jx`, screen: ['   x'] },
      { what: 'EL: right, left, all', print: `abcdef${C}3G${C}K\r\nabcdef${C}3G${C}1K\r\nabc${C}2K`, screen: ['ab', '   def'] },
      {
        what: 'ECH, DCH, ICH',
        print: `abcdef${C}2G${C}2X\r\nabcdef${C}2G${C}2P\r\nabcdef${C}2G${C}2@`,
        screen: ['a  def', 'adef', 'a  bcdef'],
      },
      {
        what: 'IL, DL within the scrolling region',
        print: `a\r\nb\r\nc\r\nd${C}1;3r${C}2;1H${C}L${C}1;1H${C}M`,
        screen: ['', 'b', '', 'd'],
      },
      { what: 'SU, SD: the region scrolls', print: `a\r\nb\r\nc${C}S`, screen: ['b', 'c'] },
      { what: 'SD: and back', print: `a\r\nb${C}2T`, screen: ['', '', 'a', 'b'] },
      { what: 'IRM: what is written pushes on', print: `abc\r${C}4hx${C}4ly`, screen: ['xybc'] },
      { what: 'DECSTBM: only the region scrolls', print: `top${C}6;1Hend${C}2;5r${C}5;1Ha\nb`, screen: ['top', '', '', 'a', ' b', 'end'] },
      { what: 'DECIC, DECDC: columns in and out', print: `abc\r\ndef${C}1;2H${C}1'}${C}1;1H${C}1'~`, screen: [' bc', ' ef'] },
      { what: 'DECALN: the screen full of E', print: `${E}#8`, screen: Array.from({ length: 6 }, () => 'E'.repeat(40)) },
      { what: 'DECSCA, DECSED: what is protected stays', print: `a${C}1"qb${C}0"qc${C}?2J`, screen: [' b'] },
    ],
  },
  {
    name: 'Modes, screens and characters',
    rows: [
      { what: 'DECSET 1049: another screen, and back to the first', print: `main${C}?1049h${C}Hother${C}?1049l`, screen: ['main'] },
      { what: 'DECSET 47, 1047: without the cursor', print: `main${C}?47hx${C}?47l`, screen: ['main'] },
      { what: 'SCS: lines of VT100', print: `${E}(0lqk${E}(Bx`, screen: ['┌─┐x'] },
      { what: 'SO, SI: the second set', print: `${E})0\x0eq\x0fq`, screen: ['─q'] },
      { what: 'NRCS: national sets, here the British', print: `${E}(A#${E}(B#`, screen: ['£#'] },
      { what: 'DECSTR: a soft reset keeps the screen', print: `a${C}4h${C}!pbc`, screen: ['abc'] },
      { what: 'RIS: a full one does not', print: `abc${E}cx`, screen: ['x'] },
      { what: 'UTF-8: wide characters take two columns', print: '日本x', screen: ['日本x'], cursor: [6, 1] },
      { what: '8-bit C1 as UTF-8 is what its 7-bit form is', print: 'a\u009b2Cb\u0085c', screen: ['a  b', 'c'] },
      { what: 'CAN, SUB: break a sequence off', print: `${C}3\x18a${C}3\x1ab`, screen: ['ab'] },
      { what: 'A control in the middle of a sequence is done at once', print: `abc${C}2\bCx`, screen: ['abc x'] },
      { what: 'DECDHL, DECDWL: lines of double size', print: `${E}#6wide`, screen: ['wide'], not: true },
      { what: 'DECCOLM: 132 columns', print: `${C}?3hx`, screen: ['x'], not: true },
      { what: 'DECSLRM: margins at the left and right', print: `${C}?69h${C}3;6s${C}1;1Habcdefgh`, screen: ['abcdefgh'], not: true },
      { what: 'DECCRA, DECFRA: rectangles', print: `abc${C}88;2;1;2;5$x`, screen: ['abc'], not: true },
    ],
  },
  {
    name: 'Answers',
    rows: [
      { what: 'DA1: a VT100 with advanced video', print: `${C}c`, answer: `${C}?1;2c` },
      { what: 'DA2: xterm’s number', print: `${C}>c`, answer: `${C}>0;276;0c` },
      { what: 'DA3, XTVERSION: the unit and the program', print: `${C}=c${C}>q`, answer: '', not: true },
      { what: 'DSR 5, 6: well, and where the cursor is', print: `${C}2;3H${C}5n${C}6n`, answer: `${C}0n${C}2;3R` },
      { what: 'DECXCPR', print: `${C}2;3H${C}?6n`, answer: `${C}?2;3R` },
      {
        what: 'DECRQM: which modes are on',
        print: `${C}?25$p${C}?1000$p${C}4$p${C}?9999$p`,
        answer: `${C}?25;1$y${C}?1000;2$y${C}4;2$y${C}?9999;0$y`,
      },
      { what: 'DECRQSS: margins and the cursor’s style', print: `${E}P$qr${E}\\`, answer: `${E}P1$r1;6r${E}\\` },
      {
        what: 'DECRQSS of what it does not know: no, and nothing of the question',
        print: `${E}P$qtouch x\n${E}\\`,
        answer: `${E}P0$r${E}\\`,
      },
      { what: 'OSC 10, 11: the colours', print: `${E}]10;?${E}\\`, answer: `${E}]10;rgb:ffff/ffff/ffff${E}\\` },
      { what: 'ENQ: no answerback', print: '\x05', answer: '', not: true },
      { what: 'CSI 20 t, 21 t: no titles given back', print: `${E}]0;title\x07${C}20t${C}21t`, answer: '', not: true },
      { what: 'CSI 14 t, 18 t: no sizes given', print: `${C}14t${C}18t`, answer: '', not: true },
      { what: 'DECRQCRA: no checksums of the screen', print: `${C}1;1;1;1;1;1*y`, answer: '', not: true },
      { what: 'XTGETTCAP: nothing of termcap', print: `${E}P+q544e${E}\\`, answer: '', not: true },
      { what: 'DECUDK: function keys cannot be written', print: `${E}P0;0|17/746f756368${E}\\`, screen: [], answer: '', not: true },
      { what: 'OSC 52: the clipboard is not given', print: `${E}]52;c;?\x07`, answer: '', not: true },
    ],
  },
]
