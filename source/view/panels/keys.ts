// Secrets and keys of the TLS connection at hand, as they come into being.

import {hexOf} from '../../wire/octets.ts';
import {keysTexts, keysWords} from '../../words/catalogue/keys.ts';
import {panelsKeysSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {spokenList} from '../../words/spoken-text.ts';
import {type Piece, strong} from '../canvas.ts';
import type {Pane} from '../pane.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {
  capturedKeyRows,
  hasCapturedKeys,
  putCapturedKeys,
  spokenCapturedKeys,
  spokenColumns,
} from '../tls/captured-keys.ts';
import {hasTls} from '../tls/connections.ts';
import {derivationRows, type Standing} from '../tls/derivation.ts';
import {type KeyRow, keyScene} from '../tls/key-schedule.ts';
import {chosenText, emptyText, keyName, knownTexts, madeText} from '../tls/key-words.ts';
import {putDerivation, putKeys} from '../tls/keys-drawing.ts';
import type {View} from '../view.ts';

/** Nobody listens to 64 digits. */
const octetsSpoken = 4;

const rowWords = (row: KeyRow, view: View): string => {
  const {language} = view;
  const value = row.value ?? row.key;
  const name = keyName(row, view);
  const numbered =
    row.number === undefined ? name : keysWords.spoken.number[language]({number: row.number, name});
  return [
    value
      ? keysWords.spoken.row[language]({name: numbered, value: hexOf(value.subarray(0, octetsSpoken))})
      : numbered,
    row.made ? keysWords.spoken.made[language]({message: madeText(row.made, view)}) : [],
    keysWords.spoken.known[language]({
      who: spokenList(
        knownTexts(row, view, (host, time) => keysWords.spoken.since[language]({host, time})),
        language,
      ),
    }),
  ]
    .flat()
    .join(punctuation.comma[language]);
};

/** What each secret begins with, after which message it came, who knows it. */
const spokenKeys = (view: View): readonly string[] => {
  const {language} = view;
  const scene = keyScene(view);
  if (!scene || scene.rows.length === 0) return [emptyText(scene)[language]];
  const heading = scene.chosen
    ? [keysWords.spoken.heading[language]({choice: chosenText(scene.chosen)})]
    : [];
  const lines = [...heading, ...scene.rows.map((row) => rowWords(row, view))];
  return lines.map((line) => spokenSentence(line, language));
};

/** `back`: rows by which the reader has gone back from the newest. `down`: lines of the page of the one that he stands on, if it is open. */
type KeysOwn = {readonly back: number; readonly down?: number | undefined};

const narrowest = 34;

const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));

/** The key that the reader stands on. */
const standingOn = (view: View, {back}: KeysOwn): (Standing & {readonly index: number}) | undefined => {
  const {rows = [], chosen} = keyScene(view) ?? {};
  const index = within(rows.length - 1 - back, rows.length - 1);
  const row = rows[index];
  return row && {row, index, chosen};
};

const pageRows = (view: View, standing: Standing, columns: number): readonly Piece[] => [
  {text: keyName(standing.row, view), style: strong},
  ...derivationRows(view, standing, columns),
];

const scrolled = (view: View, own: KeysOwn, by: 1 | -1): KeysOwn => {
  if (hasCapturedKeys(view))
    return {back: within(own.back + by, capturedKeyRows(view, narrowest).length - 1)};
  const standing = standingOn(view, own);
  if (own.down !== undefined && standing)
    return {...own, down: within(own.down + by, pageRows(view, standing, narrowest).length - 1)};
  return {back: within(own.back - by, (keyScene(view)?.rows.length ?? 0) - 1)};
};

const commanded = (view: View, own: KeysOwn, command: string): PanelMove<KeysOwn> | undefined => {
  if (command === 'derive') {
    if (hasCapturedKeys(view) || !standingOn(view, own)) return undefined;
    return {own: {back: own.back, down: own.down === undefined ? 0 : undefined}};
  }
  const next = scrolled(view, own, wayOf(command));
  return next.back === own.back && next.down === own.down ? undefined : {own: next};
};

const put = (pane: Pane, view: View, own: KeysOwn): void => {
  const standing = standingOn(view, own);
  const focused = view.input.playback.focus === 'keys';
  if (hasCapturedKeys(view)) putCapturedKeys(pane, view, own.back);
  else if (standing && own.down !== undefined)
    putDerivation(pane, pageRows(view, standing, pane.columns), own.down);
  else putKeys(pane, keyScene(view), focused ? standing?.index : undefined);
};

const spoken = (view: View, own: KeysOwn): readonly string[] => {
  if (hasCapturedKeys(view)) return spokenCapturedKeys(view);
  const standing = standingOn(view, own);
  return standing && own.down !== undefined
    ? pageRows(view, standing, spokenColumns).map(({text}) => text.trim())
    : spokenKeys(view);
};

export const keysPanel = definePanel<KeysOwn>({
  name: 'keys',
  title: keysTexts.title,
  start: {back: 0},
  keys: [
    upDownKeys(panelsKeysSentences.keysPanel.keys['↑↓'].label),
    {
      keys: {enter: 'derive'},
      sign: 'enter',
      label: panelsKeysSentences.keysPanel.keys.enter.label,
      rank: 6,
      passes: true,
    },
  ],
  command: commanded,
  shows: /^\w+\.keys\b/,
  isAvailable: (view) => hasTls(view) || hasCapturedKeys(view),
  leads: hasTls,
  subject(view, own) {
    const {row} = standingOn(view, own) ?? {};
    return row && {kind: 'key', place: row.place, update: row.update, maker: row.maker};
  },
  least: {columns: narrowest, rows: 4},
  best: {columns: 140, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken,
  put,
});
