// Records and handshake messages of the TLS connection at hand, as its ends see them or as an eavesdropper does.

import type {Eyes} from '../../account/eyes.ts';
import {hasRefusedRecords} from '../../account/refused-records.ts';
import {placeWords} from '../../words/catalogue/keys.ts';
import {between, panelsRecordsSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {recordsTexts, recordsWords} from '../../words/catalogue/records.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenAsSent, spokenText} from '../../words/spoken-text.ts';
import {eyesText} from '../eyes-words.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {keyOf, partTexts, typeText} from '../tls/record-words.ts';
import {hasRecords, type RecordRow, recordScene} from '../tls/records.ts';
import {putRecords} from '../tls/records-drawing.ts';
import {choiceOf, selectedPacket, type View} from '../view.ts';

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

/** Who sent each, what seals it, what is in it. */
const spokenRecords = (view: View): readonly string[] => {
  const {language} = view;
  const {eyes} = view.input.playback;
  const rows = recordScene(view)?.rows ?? [];
  if (rows.length === 0) return [recordsTexts.none[language]];
  const heading = `${recordsTexts.title[language]}${between.pause[language]}${eyesText(eyes, view.input.trace, language)}`;
  return [heading, ...rows.map((row) => rowWords(row, eyes, view))].map((line) => asSentence(line, language));
};

/** To the nearest packet above or below that completes a record. */
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
