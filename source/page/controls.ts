// Draws the exported page's buttons, its slider and the sentences beside the ladder, and listens to these and to those of the player's keys
// that the page handles.
import type {Place, Wish} from './place.ts';
import {part, stepAt, steps, textAt, word} from './run.ts';

const play = part('play', HTMLButtonElement);
const slider = part('slider', HTMLInputElement);
const clock = part('clock', HTMLElement);
const speed = part('speed', HTMLSelectElement);
const said = part('said', HTMLElement);
const told = part('told', HTMLElement);
const toldBox = part('told-box', HTMLElement);
const why = part('why', HTMLElement);
const whyBox = part('why-box', HTMLElement);
const clause = part('clause', HTMLElement);
const keys = part('keys', HTMLDialogElement);

const setText = (target: HTMLElement, text: string): void => {
  // An unchanged text is not set again, because a screen reader would announce it once more.
  if (target.textContent !== text) target.textContent = text;
};

/** Sets the exported page's language and title, and the accessible labels of elements without text. */
const setLabels = (language: Place['language']): void => {
  for (const labelled of document.querySelectorAll<HTMLElement>('[data-en]'))
    labelled.ariaLabel = labelled.dataset[language] ?? '';
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = part('title', HTMLElement).dataset[language === 'zh' ? 'titleZh' : 'titleEn'] ?? '';
};

export const drawControls = (place: Place, before: Place | undefined): void => {
  const {language, playing, step: at} = place;
  const step = stepAt(at);
  if (before?.language !== language) setLabels(language);
  setText(play, word(playing ? 'pause' : 'play', language));
  slider.max = String(steps.length - 1);
  slider.value = String(at);
  const where = word('step', language)
    .replace('{n}', String(at))
    .replace('{all}', String(steps.length - 1));
  slider.setAttribute('aria-valuetext', `${where}${language === 'zh' ? '，' : ', '}${step.clock}`);
  setText(clock, step.clock);
  speed.value = String(place.speed);
  setText(said, textAt(step.said, language));
  setText(told, textAt(step.told, language));
  toldBox.hidden = step.told === undefined;
  setText(why, textAt(step.why?.text, language));
  whyBox.hidden = step.why === undefined;
  setText(clause, textAt(step.why?.clause, language));
};

const wishes: {readonly [key: string]: Wish} = {
  ' ': {kind: 'togglePlay'},
  ArrowLeft: {kind: 'step', by: -1},
  h: {kind: 'step', by: -1},
  ArrowRight: {kind: 'step', by: 1},
  l: {kind: 'step', by: 1},
  '[': {kind: 'beat', by: -1},
  ']': {kind: 'beat', by: 1},
  g: {kind: 'start'},
  G: {kind: 'end'},
  ArrowUp: {kind: 'packet', by: -1},
  k: {kind: 'packet', by: -1},
  ArrowDown: {kind: 'packet', by: 1},
  j: {kind: 'packet', by: 1},
  '+': {kind: 'speed', by: 1},
  '=': {kind: 'speed', by: 1},
  '-': {kind: 'speed', by: -1},
  t: {kind: 'language'},
};

/** Tells whether the focused element of the page handles the key itself, so that the key must not control playback. */
const ownKeys = (target: EventTarget | null, key: string): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return key.startsWith('Arrow') || key.length > 1;
  const presses = target.matches('button, summary, a');
  if (presses) return key === ' ' || key === 'Enter';
  return target.matches('[data-scrolls]') && (key === 'ArrowUp' || key === 'ArrowDown');
};

const listenToKeys = (wish: (wish: Wish) => void): void => {
  document.addEventListener('keydown', (event) => {
    const {key, target} = event;
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open || ownKeys(target, key)) return;
    if (key === '?') {
      event.preventDefault();
      keys.showModal();
      return;
    }
    const wanted = wishes[key];
    if (!wanted) return;
    event.preventDefault();
    wish(wanted);
  });
};

export const listenToControls = (wish: (wish: Wish) => void): void => {
  const onClick = (id: string, wanted: Wish): void =>
    part(id, HTMLButtonElement).addEventListener('click', () => wish(wanted));
  onClick('start', {kind: 'start'});
  onClick('back', {kind: 'step', by: -1});
  onClick('play', {kind: 'togglePlay'});
  onClick('forward', {kind: 'step', by: 1});
  onClick('end', {kind: 'end'});
  onClick('language', {kind: 'language'});
  part('keys-button', HTMLButtonElement).addEventListener('click', () => keys.showModal());
  slider.addEventListener('input', () => wish({kind: 'goTo', step: Number(slider.value)}));
  speed.addEventListener('change', () => wish({kind: 'setSpeed', speed: Number(speed.value)}));
  part('table', HTMLElement).addEventListener('click', ({target}) => {
    const packet = target instanceof HTMLElement ? target.dataset['choose'] : undefined;
    if (packet !== undefined) wish({kind: 'choose', packet: Number(packet)});
  });
  listenToKeys(wish);
};
