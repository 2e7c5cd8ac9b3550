// The variables of the ends, with the arithmetic of what has just changed.
import {panelsEndpointsSentences} from '../../words/catalogue/panels.ts';
import {putEndpoints} from '../endpoints/endpoints.ts';
import {isWatched} from '../endpoints/observed.ts';
import {placesOf} from '../endpoints/scene-endpoints.ts';
import {selectionOf} from '../links.ts';
import {definePanel, pageKeys, upDownKeys, wayOf} from '../panel.ts';
import {spokenEndpoints} from '../spoken/spoken-rows.ts';
import {hasStates, type View} from '../view.ts';

/** The row that is selected; −1: none of the panel's. */
const rowOf = (view: View): number => {
  const {variable: chosen} = view.input.playback.selection;
  return placesOf(view).findIndex(({host, name}) => host === chosen?.host && name === chosen.name);
};

/** The first row of the next host, or of this one or the one before. */
const hostFrom = (view: View, by: 1 | -1): number => {
  const places = placesOf(view);
  const starts = places.flatMap(({name}, index) => (name === 'state' ? [index] : []));
  const row = rowOf(view);
  return (by > 0 ? starts.find((start) => start > row) : starts.findLast((start) => start < row)) ?? -1;
};

export const endpointsPanel = definePanel({
  name: 'endpoints',
  title: panelsEndpointsSentences.title,
  keys: [
    upDownKeys(panelsEndpointsSentences.keys['↑↓'].label),
    pageKeys(panelsEndpointsSentences.keys['PgUp PgDn'].label),
  ],
  command(view, _own, command) {
    const by = wayOf(command);
    const row = command.startsWith('page') ? hostFrom(view, by) : rowOf(view) + by;
    const place = placesOf(view)[row];
    return row < 0 || place === undefined ? undefined : {selection: selectionOf(view, place)};
  },
  subject({input: {playback}}) {
    const {variable: chosen} = playback.selection;
    return chosen && {kind: 'variable', ...chosen};
  },
  shows: /^(\w+\.)?((snd|rcv)\.\w+|rto|srtt|rttvar|rtt|queue\.\w+|state)$/,
  isAvailable: (view) => hasStates(view) || isWatched(view),
  least: {columns: 21, rows: 4},
  best: {columns: 46, rows: 20},
  places: ['side'],
  spoken: spokenEndpoints,
  put: putEndpoints,
});
