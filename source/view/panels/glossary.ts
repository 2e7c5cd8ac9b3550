// The glossary panel: the reader types a word and gets its explanation, while the run waits.

import {panelsGlossarySentences} from '../../words/catalogue/panels.ts';
import {definePanel} from '../panel.ts';
import {spokenCard} from '../spoken/spoken-card.ts';
import {cardEntries, putCard} from '../story/card.ts';
import {glossaryCard} from '../story/glossary.ts';
import type {View} from '../view.ts';
import {cardKeys, movedBy} from './card-keys.ts';

type Own = {readonly word: string; readonly entry: number};

const termsOf = ({input}: View) => input.reference?.glossary ?? [];

/** Returns the word to look up and the marked entry; while the reader types, the word is what is typed so far. */
const wordOf = ({input: {playback}}: View, own: Own): Own =>
  playback.typing?.panel === 'glossary' ? {word: playback.typing.text, entry: 0} : own;

export const glossaryPanel = definePanel<Own>({
  name: 'glossary',
  title: panelsGlossarySentences.title,
  start: {word: '', entry: 0},
  keys: [
    ...cardKeys,
    {keys: {'/': 'find'}, sign: '/', label: panelsGlossarySentences.keys['/'].label, rank: 6},
  ],
  command(view, own, command) {
    if (command === 'find') return {type: ''};
    const entry = movedBy(command, own.entry, cardEntries(glossaryCard(termsOf(view), own.word)));
    return entry === undefined ? undefined : {own: {...own, entry}};
  },
  typing: {
    prompt: () => panelsGlossarySentences.typing.prompt,
    accept: (_view, _own, word) => ({own: {word, entry: 0}}),
  },
  isAvailable: (view) => termsOf(view).length > 0,
  least: {columns: 20, rows: 4},
  best: {columns: Number.POSITIVE_INFINITY, rows: Number.POSITIVE_INFINITY},
  calledUp: true,
  places: [],
  covers: 'body',
  // A screen reader speaks each typed character in the glossary panel, and the explanations only after `enter`.
  spoken: (view, {word, entry}) =>
    word === '' ? [] : spokenCard(glossaryCard(termsOf(view), word), entry, view.language),
  put(pane, view, own) {
    const {word, entry} = wordOf(view, own);
    putCard(pane.canvas, glossaryCard(termsOf(view), word), {...pane, marked: entry});
  },
});
