// Records and handshake messages of the TLS connection at hand, as its ends see them or as an eavesdropper does.

import {hasRefusedRecords} from '../../account/refused-records.ts';
import {panelsRecordsSentences} from '../../words/catalogue/panels.ts';
import {recordsTexts} from '../../words/catalogue/records.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {spokenRecords} from '../spoken/spoken-records.ts';
import {hasRecords, recordScene} from '../tls/records.ts';
import {putRecords} from '../tls/records-drawing.ts';
import {choiceOf, selectedPacket, type View} from '../view.ts';

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
