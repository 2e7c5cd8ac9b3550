// The panel of a TCP listener's SYN queue and accept queue.

import {queueTexts} from '../../words/catalogue/windows.ts';
import {definePanel} from '../panel.ts';
import {spokenQueues} from '../spoken/spoken-bars.ts';
import {hasStates, type View} from '../view.ts';
import {putQueues, queueScene, usesQueues} from '../windows/queues.ts';

const value = /^(\w+\.)?queue\.(syn|accept)$/;

/**
 * Tells whether the lesson names a listener's queues, so that their panel is available in any run; otherwise it needs a run in which more
 * than one connection is half-open at once, or something is rejected or gets a SYN cookie.
 */
const isNamed = ({input: {beats}}: View): boolean =>
  beats.some(({panels, show}) => panels?.includes('queues') || show.some((each) => value.test(each)));

export const queuesPanel = definePanel({
  name: 'queues',
  title: queueTexts.title,
  shows: value,
  isAvailable: (view) => hasStates(view) && (isNamed(view) || usesQueues(view.input.trace)),
  least: {columns: 34, rows: 4},
  best: {columns: 76, rows: 14},
  places: ['side', 'lower'],
  covers: 'picture',
  spoken: spokenQueues,
  put: (pane, view) => putQueues(pane, queueScene(view)),
});
