// The packets as a table.
import {putList} from '../list.ts';
import {definePanel} from '../panel.ts';
import {listOf} from '../scene-list.ts';
import {spokenPackets} from '../spoken-rows.ts';

export const listPanel = definePanel({
  name: 'list',
  title: {en: 'packets', zh: '分组列表'},
  start: undefined,
  keys: [],
  command: () => undefined,
  shows: () => false,
  isAvailable: () => true,
  least: {columns: 48, rows: 3},
  best: {columns: 90, rows: 20},
  places: ['lower'],
  spoken: spokenPackets,
  put(canvas, view, _own, drawing) {
    putList(canvas, listOf(view), {...drawing, language: view.language});
  },
});
