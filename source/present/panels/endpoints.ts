// The variables of both ends, with the arithmetic of what has just changed.
import {putEndpoints} from '../endpoints.ts';
import {definePanel} from '../panel.ts';
import {endpointsOf} from '../scene-endpoints.ts';
import {hasStates} from '../view.ts';

const variable = /^(\w+\.)?((snd|rcv)\.\w+|rto|srtt|rttvar|rtt|queue\.\w+)$/;

export const endpointsPanel = definePanel({
  name: 'endpoints',
  title: {en: 'endpoints', zh: '两端变量'},
  start: undefined,
  keys: [],
  command: () => undefined,
  shows: (value) => variable.test(value) || /^(\w+\.)?state$/.test(value),
  isAvailable: hasStates,
  least: {columns: 21, rows: 4},
  best: {columns: 46, rows: 20},
  places: ['side'],
  put(canvas, view, _own, drawing) {
    putEndpoints({canvas, view, endpoints: endpointsOf(view) ?? [], ...drawing});
  },
});
