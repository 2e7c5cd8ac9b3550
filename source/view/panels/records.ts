// The panel of the TLS connection's records and handshake messages, as its ends or an observer on the path see them.

import type {Eyes} from '../../account/eyes.ts';
import {hasRefusedRecords} from '../../account/refused-records.ts';
import {placeWords} from '../../words/catalogue/keys.ts';
import {between, panelsRecordsSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {recordsTexts, recordsWords} from '../../words/catalogue/records.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {textWidth} from '../../words/width.ts';
import {muted, type Style} from '../canvas.ts';
import {eyesText} from '../eyes-words.ts';
import type {Pane} from '../pane.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {type Column, fitted, rowText, widest} from '../table.ts';
import {keyOf, partTexts, sealText, typeText} from '../tls/record-words.ts';
import {hasRecords, type RecordRow, type RecordScene, recordScene} from '../tls/records.ts';
import {choiceOf, selectedPacket, type View} from '../view.ts';

// The functions below draw the records of a TLS connection: a row for each, with the mark of the key that encrypts it, and its messages
// below.

const gap = 2;
/** The least number of columns for a TLS record's content; the columns of its type and key are left out if the content would get fewer. */
const contentLeast = 30;

/** A line of the panel of TLS records; `first` is true for the first of several lines of one record. */
type Line = {readonly row: RecordRow; readonly content: string; readonly first: boolean};

const markOf = (row: RecordRow, {glyphs}: Pane, eyes: Eyes): string =>
  row.seal ? `${glyphs.sealed}${keyOf(row, eyes)?.number ?? ''}` : glyphs.inClear;

/**
 * Returns the style of a record: a warning if everybody can read it or it was refused, muted if the observer cannot decrypt it, otherwise
 * the colour of its sender.
 */
const styleOf = (row: RecordRow): Style => {
  if (!row.seal || row.refused) return {role: 'warning'};
  if (!row.seal.opened) return muted;
  return {role: row.side === 0 ? 'client' : 'server'};
};

/** Returns the lines of the records: one for each message if there is room, otherwise one for each record. */
const linesOf = (
  {rows}: RecordScene,
  pane: Pane,
  {room, eyes}: {readonly room: number; readonly eyes: Eyes},
): readonly Line[] => {
  const spread = rows.map((row) => ({
    row,
    texts: partTexts(row, eyes, pane).map((text) => pane.plain(text)),
  }));
  const count = spread.reduce((sum, {texts}) => sum + Math.max(1, texts.length), 0);
  return spread.flatMap(({row, texts}) => {
    const contents = count <= room && texts.length > 0 ? texts : [texts.join(', ')];
    return contents.map((content, index) => ({row, content, first: index === 0}));
  });
};

/**
 * Returns the columns of the panel of TLS records. An observer without keys sees no names of keys, but the type in each record's header.
 */
const columnsOf = ({rows}: RecordScene, pane: Pane, eyes: Eyes): readonly Column<Line>[] => {
  const {language} = pane;
  const own = (
    head: string,
    read: (row: RecordRow) => string,
    more: Pick<Column<Line>, 'atEnd' | 'optional'> = {},
  ): Column<Line> => ({head, read: ({row, first}) => (first ? read(row) : ''), ...more});
  return [
    own('#', ({packet}) => String(packet), {atEnd: true}),
    own(recordsTexts.from[language], ({host}) => pane.called(host)),
    own(recordsTexts.bytes[language], ({size}) => String(size), {atEnd: true}),
    own('', (row) => markOf(row, pane, eyes)),
    ...(rows.some((row) => keyOf(row, eyes) !== undefined)
      ? [own(recordsTexts.key[language], (row) => sealText(row, eyes, language), {optional: true})]
      : []),
    own(recordsTexts.type[language], typeText, {optional: true}),
    {head: recordsTexts.content[language], read: ({content}) => content, takesRest: true},
  ];
};

const putHeading = (pane: Pane, scene: RecordScene | undefined, {input}: View): void => {
  const {language} = pane;
  const {eyes} = input.playback;
  const at = pane.put(0, 0, recordsTexts.title[language], pane.headStyle) + gap;
  if (!scene) return;
  const end = pane.put(
    0,
    at,
    eyesText(eyes, input.trace, language),
    eyes === 'ends' ? muted : {role: 'attacker', bold: true},
  );
  const {rows, earlier, later, sealed} = scene;
  const count = recordsWords.sealedCount[language]({sealed, all: earlier + rows.length + later});
  if (end + gap + textWidth(count) <= pane.columns) pane.putEnd(0, count, muted);
};

/** Returns the index of the first line to show: the newest lines are shown, or those around the selected packet. */
const firstShown = (lines: readonly Line[], room: number): number => {
  const most = Math.max(0, lines.length - room);
  const selected = lines.findIndex(({row}) => row.selected);
  if (selected < 0 || selected >= most) return most;
  return Math.max(0, selected - 1);
};

const putRecords = (pane: Pane, scene: RecordScene | undefined, view: View): void => {
  const {language, glyphs} = pane;
  const {eyes} = view.input.playback;
  putHeading(pane, scene, view);
  if (!scene || scene.rows.length === 0) {
    pane.put(1, 0, recordsTexts.none[language], muted);
    return;
  }
  const room = pane.rows - 2;
  const lines = linesOf(scene, pane, {room, eyes});
  // The column of a TLS record's content needs no more room than its longest text.
  const least = Math.min(
    contentLeast,
    widest([recordsTexts.content[language], ...lines.map(({content}) => content)]),
  );
  const columns = fitted(columnsOf(scene, pane, eyes), lines, {room: pane.columns - 2, least});
  pane.put(1, 2, rowText(columns, ({head}) => head, glyphs.ellipsis).trimEnd(), muted);
  pane.putScrolled({
    rows: lines,
    from: firstShown(lines, room),
    room,
    at: 2,
    column: 2,
    earlier: (rows) => recordsWords.earlier[language]({rows: rows + scene.earlier}),
    later: (rows) => recordsWords.more[language]({rows: rows + scene.later}),
    put(line, at) {
      const {selected} = line.row;
      if (selected && line.first) pane.put(at, 0, glyphs.selected, {role: 'accent', selected});
      const text = rowText(columns, ({read}) => read(line), glyphs.ellipsis);
      pane.put(at, 2, selected ? text : text.trimEnd(), {...styleOf(line.row), selected});
    },
  });
};

const rowWords = (row: RecordRow, eyes: Eyes, view: View): string => {
  const {language} = view;
  const {packet, host, size, seal} = row;
  const comma = punctuation.comma[language];
  const key = keyOf(row, eyes);
  const sealed = key
    ? recordsWords.spoken.by[language]({number: key.number, name: placeWords[key.place][language]})
    : recordsWords.spoken.sealed[language];
  const facts = recordsWords.spoken.row[language]({
    packet,
    host: view.called(host),
    type: typeText(row),
    bytes: size,
  });
  const inside = partTexts(row, eyes, view).map((text) => spokenAsSent(text, language));
  return [spokenText(facts, language), seal ? sealed : recordsWords.spoken.clear[language], ...inside].join(
    comma,
  );
};

/** Returns sentences for a screen reader on each record: who sent it, which key encrypts it, and its content. */
const spokenRecords = (view: View): readonly string[] => {
  const {language} = view;
  const {eyes} = view.input.playback;
  const rows = recordScene(view)?.rows ?? [];
  if (rows.length === 0) return [recordsTexts.none[language]];
  const heading = `${recordsTexts.title[language]}${between.pause[language]}${eyesText(eyes, view.input.trace, language)}`;
  return [heading, ...rows.map((row) => rowWords(row, eyes, view))].map((line) => asSentence(line, language));
};

/** Returns the change that selects the next or previous packet that completes a TLS record; undefined if there is none. */
const moved = (view: View, by: 1 | -1): PanelMove<undefined> | undefined => {
  const packets = [...new Set((recordScene(view)?.rows ?? []).map(({packet}) => packet))].toSorted(
    (a, b) => a - b,
  );
  const selected = selectedPacket(view);
  if (selected === undefined) return undefined;
  const packet = by > 0 ? packets.find((id) => id > selected) : packets.findLast((id) => id < selected);
  return packet === undefined
    ? undefined
    : {selection: {...choiceOf(view, packet), field: undefined, byte: undefined}};
};

export const recordsPanel = definePanel({
  name: 'records',
  title: recordsTexts.title,
  keys: [
    upDownKeys(panelsRecordsSentences['↑↓'].label),
    {keys: {o: 'eyes'}, sign: 'o', label: panelsRecordsSentences.o.label, rank: 6},
  ],
  command: (view, _own, command) => (command === 'eyes' ? {nextEyes: true} : moved(view, wayOf(command))),
  subject(view) {
    const packet = selectedPacket(view);
    return packet === undefined ? undefined : {kind: 'records', packet};
  },
  shows: /^tls\.(record|alert|app_data)/,
  isAvailable: hasRecords,
  leads: hasRecords,
  fails: ({input}) => hasRefusedRecords(input.trace),
  least: {columns: 44, rows: 4},
  best: {columns: 130, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenRecords,
  put: (pane, view) => putRecords(pane, recordScene(view), view),
});
