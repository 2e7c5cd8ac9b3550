// Figure 5 of RFC 9293: the way both ends have taken through the states.
import {putDiagram} from '../diagram.ts';
import {diagramOf} from '../diagram-path.ts';
import {definePanel} from '../panel.ts';
import {spokenWays} from '../spoken-rows.ts';
import {hasStates} from '../view.ts';

export const diagramPanel = definePanel({
  name: 'diagram',
  title: {en: 'states', zh: '状态图'},
  start: undefined,
  keys: [],
  command: () => undefined,
  shows: (value, track) => track === 'tcp-close' && /^(\w+\.)?state$/.test(value),
  isAvailable: hasStates,
  least: {columns: 34, rows: 12},
  best: {columns: 44, rows: 20},
  places: ['side'],
  covers: 'body',
  spoken: spokenWays,
  put(canvas, view, _own, {region, glyphs}) {
    const diagram = diagramOf(view.input.trace, view.cursor, view.hosts);
    putDiagram(canvas, diagram, {region, glyphs, language: view.language});
  },
});
