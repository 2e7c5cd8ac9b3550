// The script of the exported page: it holds the reader's place, draws it, and moves it on during playback.
import {drawControls, listenToControls} from './controls.ts';
import {drawInspector, listenToInspector} from './inspector.ts';
import {drawLadder, listenToLadder} from './ladder.ts';
import {after, type Place, type Wish} from './place.ts';
import {firstTold, stepAt} from './run.ts';

let place: Place = {
  step: firstTold,
  playing: false,
  speed: 1,
  language: document.documentElement.lang.startsWith('zh') ? 'zh' : 'en',
  packet: undefined,
  row: undefined,
};
let timer: ReturnType<typeof setTimeout> | undefined;

const draw = (before: Place | undefined): void => {
  drawControls(place, before);
  drawLadder(place, before);
  drawInspector(place);
};

/** Starts the timer for playback's next step; it waits for the step's duration and for the time that reading its narration takes. */
const arm = (): void => {
  clearTimeout(timer);
  if (!place.playing) return;
  const step = stepAt(place.step);
  const ms = Math.max(60, stepAt(place.step + 1).viewMs - step.viewMs) + (step.holdMs ?? 0);
  timer = setTimeout(() => become({kind: 'next'}), ms / place.speed);
};

const become = (wish: Wish): void => {
  const before = place;
  place = after(place, wish);
  draw(before);
  arm();
};

document.documentElement.classList.add('live');
listenToControls(become);
listenToLadder(become);
listenToInspector(become, () => place);
draw(undefined);
