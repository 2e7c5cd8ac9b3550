// Secrets and keys of the TLS connection at hand, as they come into being.

import {keysTexts} from '../../words/catalogue/keys.ts';
import {panelsKeysSentences} from '../../words/catalogue/panels.ts';
import {definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {spokenKeys} from '../spoken/spoken-keys.ts';
import {capturedKeyRows, hasCapturedKeys, putCapturedKeys, spokenCapturedKeys} from '../tls/captured-keys.ts';
import {hasTls} from '../tls/connections.ts';
import {keyScene} from '../tls/key-schedule.ts';
import {putKeys} from '../tls/keys-drawing.ts';
import type {View} from '../view.ts';

/** Lines by which the reader has gone back from the newest. */
type KeysOwn = {readonly back: number};

const narrowest = 34;

const moved = (view: View, own: KeysOwn, by: 1 | -1): PanelMove<KeysOwn> | undefined => {
  if (hasCapturedKeys(view)) {
    const back = Math.max(0, Math.min(capturedKeyRows(view, narrowest).length - 1, own.back + by));
    return back === own.back ? undefined : {own: {back}};
  }
  // A row takes three lines at most: its value, a key, an IV.
  const most = Math.max(0, (keyScene(view)?.rows.length ?? 0) * 3 - 1);
  const back = Math.max(0, Math.min(most, own.back - by));
  return back === own.back ? undefined : {own: {back}};
};

export const keysPanel = definePanel<KeysOwn>({
  name: 'keys',
  title: keysTexts.title,
  start: {back: 0},
  keys: [upDownKeys(panelsKeysSentences.keysPanel.keys['↑↓'].label)],
  command: (view, own, command) => moved(view, own, wayOf(command)),
  shows: (name) => /^\w+\.keys\b/.test(name),
  isAvailable: (view) => hasTls(view) || hasCapturedKeys(view),
  leads: hasTls,
  subject(view, {back}) {
    const {rows = []} = keyScene(view) ?? {};
    const row = rows[Math.max(0, rows.length - 1 - back)];
    return row && {kind: 'key', place: row.place, update: row.update};
  },
  least: {columns: narrowest, rows: 4},
  best: {columns: 140, rows: 24},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: (view) => (hasCapturedKeys(view) ? spokenCapturedKeys(view) : spokenKeys(view)),
  put: (pane, view, {back}) =>
    hasCapturedKeys(view) ? putCapturedKeys(pane, view, back) : putKeys(pane, keyScene(view), back),
});
