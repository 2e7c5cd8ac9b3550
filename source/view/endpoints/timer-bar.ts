// Draws the time until a timer expires, as a bar and in words.
import type {Language} from '../../lesson/text.ts';
import {languages} from '../../words/catalogue/language.ts';
import {playerTexts} from '../../words/catalogue/player.ts';
import {formatTime, formatWhole} from '../../words/format.ts';
import {repeated, textWidth} from '../../words/width.ts';
import type {Piece} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Role} from '../span.ts';
import type {SceneTimer} from './scene-timers.ts';

const timeColumns = 7;
const timerCells = 14;

export type TimerLook = {
  readonly language: Language;
  readonly glyphs: Glyphs;
  /** The colour role of the host to which the timer belongs. */
  readonly role: Role;
  /** The number of screen columns for the timer's bar and the words beside it. */
  readonly room: number;
};

/** Returns the time until a timer expires as text; 0 is written in the unit of the timer's whole time. */
export const leftTime = ({name, leftUs, wholeUs}: SceneTimer): string =>
  leftUs < 1 && name !== 'RTO' ? formatWhole(wholeUs).replace(/^\S+/, '0') : formatTime(leftUs);

const timerText = (timer: SceneTimer, language: Language, time: string): string => {
  const whole = timer.name === 'RTO' ? '' : ` ${playerTexts.leftOf[language]} ${formatWhole(timer.wholeUs)}`;
  const word = playerTexts.left[language];
  return `${playerTexts.timeLeft[language]({word, time})}${whole}`;
};

/** Returns the length of a timer's bar in cells. It leaves room for the longest time in every language, so that it never changes. */
const barCells = (timer: SceneTimer, room: number): number => {
  const longest = repeated(' ', timeColumns);
  const text = Math.max(...languages.map((language) => textWidth(timerText(timer, language, longest))));
  return Math.max(0, Math.min(timerCells, room - text));
};

export const timerName = ({name}: SceneTimer, glyphs: Glyphs): string =>
  `${glyphs.timer}${glyphs.timerGap}${name}`;

export const timerPieces = (
  timer: SceneTimer,
  {language, glyphs, role, room}: TimerLook,
): readonly Piece[] => {
  const cells = barCells(timer, room - textWidth(glyphs.timerEnd));
  const done = Math.min(cells, Math.floor((timer.leftUs / timer.wholeUs) * cells));
  return [
    {text: repeated(glyphs.timerDone, done), style: {role}},
    {text: repeated(glyphs.timerLeft, cells - done), style: {role: 'muted'}},
    {
      text: ` ${timerText(timer, language, leftTime(timer))}${glyphs.timerEnd}`,
      style: {role: 'text'},
    },
  ];
};
