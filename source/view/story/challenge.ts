// The state of a challenge at an instant: the goals, the learner's moves, and the moves that are possible now; and how its panel is drawn.

import {ownSegmentText} from '../../account/own-turns.ts';
import {describeCalled} from '../../lesson/describe.ts';
import {hostName, type Speech} from '../../lesson/host-names.ts';
import {missingIn} from '../../lesson/judge.ts';
import type {Run} from '../../lesson/lesson.ts';
import type {Move} from '../../lesson/move.ts';
import type {Selector} from '../../lesson/selector.ts';
import type {Settable} from '../../lesson/settable.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {boundsText} from '../../lesson/value-bounds.ts';
import {formatSetting} from '../../sim/setting.ts';
import {oncePer} from '../../wire/once-per.ts';
import {callText} from '../../words/call-text.ts';
import {varySentences} from '../../words/catalogue/alter.ts';
import {challengeTexts, metText, movesText, settingTexts} from '../../words/catalogue/challenge.ts';
import {challengeMissedWords as say} from '../../words/catalogue/challenge-page.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {faultTitle} from '../../words/compare.ts';
import {formatTime} from '../../words/format.ts';
import {cut, cutStart, padEnd, repeated, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {type Canvas, muted, plain, type Style} from '../canvas.ts';
import type {Verdict} from '../challenge/verdict.ts';
import {firstTyped} from '../forks/vary.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import {firstInSight} from '../in-sight.ts';
import type {Region} from '../layout.ts';
import type {ChallengeInput} from '../scene-input.ts';
import {type Instant, offersAt} from './offers.ts';

/** A goal of a challenge; `lost` is true if it cannot be reached in this run any more. */
export type Goal = {readonly text: string; readonly met: boolean; readonly lost: boolean};

/**
 * Something that the learner can do in a challenge now: a move, or a setting to which he can give a value, with its present value and its
 * meaning.
 */
export type Offer =
  | {readonly text: string; readonly move: Move}
  | {
      readonly text: string;
      readonly place: string;
      readonly value: string;
      /** The text with which typing another value begins. */
      readonly typed: string;
      readonly about: string;
      /** The place and its value, without what it means. */
      readonly head: string;
    };

export type ChallengeScene = {
  /**
   * The challenge's goals: events that must happen, then conditions. A condition counts as met only at the end of the run, because it is
   * about the whole run.
   */
  readonly goals: readonly Goal[];
  readonly met: number;
  readonly verdict: Verdict;
  /** Which rules of the challenge a run breaks that has ended unsolved, and why a near miss does not count; empty for any other run. */
  readonly missed: readonly string[];
  readonly moves: readonly string[];
  readonly par: number;
  readonly offers: readonly Offer[];
  readonly hints: readonly string[];
};

/**
 * Returns the text of a challenge's goal: a state that any host may enter is written briefly (`TIME-WAIT → CLOSED`), everything else as a
 * clause.
 */
const goalText = (selector: Selector, run: Run, language: Language): string => {
  const {match, nth, after} = selector;
  if (match.kind !== 'enters' || match.host !== undefined || nth !== undefined)
    return describeCalled(selector, {header: run})[language];
  const earlier = after?.match.kind === 'enters' ? `${after.match.state} → ` : '';
  return `${earlier}${match.state}`;
};

const moveText = (move: Move, {language, called}: Speech): string =>
  move.kind === 'fault'
    ? faultTitle(move.fault)[language]
    : move.kind === 'set'
      ? formatSetting(move.setting)
      : move.kind === 'answer'
        ? ownSegmentText(move.answer)
        : `${called(move.host)} ${callText(move.action)}`;

/** Returns a learner's move in a challenge in words. */
export const moveTitle = (move: Move, run: Run): Text =>
  inEvery((language) =>
    moveText(move, {language, called: (host) => hostName({header: run}, host)[language]}),
  );

const partOf = ({of}: Settable, run: Run): Text =>
  'host' in of ? hostName({header: run}, of.host) : worded(settingTexts.link, of);

/**
 * Returns a setting of a challenge in words, with its place and value: `depot: when the program makes this call (b.connect.at = 300ms)`.
 */
export const settingText = (each: Settable, run: Run, value = each.value): Text =>
  worded(settingTexts.offer, {of: partOf(each, run), means: each.means, place: each.place, value});

/** Returns what a setting of a challenge means, without its place and its value. */
export const settingMeaning = (each: Settable, run: Run): Text =>
  worded(settingTexts.means, {of: partOf(each, run), means: each.means});

/** Returns the settings that a challenge lets the learner change, with the values that they have in his run. */
const settingOffers = ({settable, moves, run}: ChallengeInput, language: Language): readonly Offer[] =>
  settable.map((each): Offer => {
    const {place} = each;
    const own = moves.flatMap((move) =>
      move.kind === 'set' && move.setting.place === place ? [move.setting.value] : [],
    );
    const value = terminal.text(own.at(-1) ?? each.value);
    const shown = value === '' ? varySentences.absent[language] : value;
    const words = settingMeaning(each, run)[language];
    const allowed = worded(varySentences.takes, {bounds: boundsText(each.unit, each.bounds)});
    const about = worded(settingTexts.about, {means: words, allowed})[language];
    const head = terminal.text(`${place} = ${shown}`);
    const typed = firstTyped(each, value);
    return {text: `${head}  ${terminal.text(words)}`, place, value, typed, about: terminal.text(about), head};
  });

/**
 * Returns which rules of the challenge a finished run breaks, and why a near miss does not count; goals that are not met are left out,
 * because the list of goals marks them.
 */
const missedLines = (
  {challenge, run, judgement, miss}: ChallengeInput,
  language: Language,
): readonly string[] => {
  const broken = missingIn({...challenge, goal: [], holds: []}, judgement, {header: run});
  return [...broken, ...(miss ? [miss] : [])].map((text) => terminal.text(text[language]));
};

/**
 * Returns the message that a challenge's run has ended unsolved: what is missing, and why a near miss does not count. It is one object for
 * each run.
 */
export const missedText = oncePer((input: ChallengeInput): Text => {
  const {challenge, run, judgement, miss} = input;
  const missing = missingIn(challenge, judgement, {header: run});
  return inEvery((language) => {
    const all = missing.map((text) => terminal.text(text[language])).join(punctuation.semicolon[language]);
    const reason = miss ? [terminal.text(miss[language])] : [];
    return [worded(say.missed, {missing: all})[language], ...reason, say.ways[language]].join(
      punctuation.space[language],
    );
  });
});

/**
 * Returns the challenge as shown at an instant; `cursor` is the last event on the screen, `hints` the number of hints that the learner
 * asked for.
 */
export const challengeScene = (
  input: ChallengeInput,
  at: Instant & {readonly cursor: number; readonly verdict: Verdict; readonly hints: number} & Speech,
): ChallengeScene => {
  const {challenge, run, moves, judgement} = input;
  const {language, cursor, verdict} = at;
  const events = challenge.goal.map(({selector, say: said}, index) => {
    const event = judgement.goals[index]?.event;
    return {
      text: said ? terminal.text(said[language]) : goalText(selector, run, language),
      met: event !== undefined && event <= cursor,
      lost: verdict === 'missed' && event === undefined,
    };
  });
  const isOver = verdict !== 'open';
  const conditions = challenge.holds.map(({say}, index) => ({
    text: terminal.text(say[language]),
    met: isOver && judgement.holds[index] === true,
    lost: isOver ? judgement.holds[index] !== true : (judgement.lostFrom[index] ?? Infinity) <= cursor,
  }));
  const goals = [...events, ...conditions];
  return {
    verdict,
    missed: verdict === 'missed' ? missedLines(input, language) : [],
    goals,
    met: goals.filter((goal) => goal.met).length,
    // A fault or a setting in the list of a challenge's moves has no time, because its packet or place says when it takes effect; calls and
    // segments have one.
    moves: moves.map((move) =>
      move.kind === 'set' || move.kind === 'fault'
        ? moveText(move, at)
        : `${formatTime(move.atUs)} ${moveText(move, at)}`,
    ),
    par: challenge.par,
    offers: [
      ...offersAt(run, challenge, at).map((move) => ({move, text: moveText(move, at)})),
      ...settingOffers(input, language),
    ],
    hints: challenge.hints.slice(0, at.hints).map((hint) => terminal.text(hint[language])),
  };
};

type Drawing = {
  readonly region: Region;
  readonly glyphs: Glyphs;
  readonly language: Language;
  readonly focused: boolean;
  /** The index of the marked move among those that the challenge offers. */
  readonly marked: number;
  /** True while a message beside the panel tells why the run does not solve the challenge. */
  readonly isTold: boolean;
};

type Row = {readonly text: string; readonly style: Style; readonly marked?: true};

/** Returns the rows of a challenge's goals, with as many goals in a row as fit. */
const goalRows = ({goals}: ChallengeScene, columns: number, glyphs: Glyphs): readonly Row[] => {
  const items = goals.map(({text, met, lost}) => {
    const sign = met ? glyphs.right : lost ? glyphs.lost : glyphs.toDo;
    return `${sign} ${plainText(text, glyphs)}`;
  });
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last}  ${item}`) <= columns)
      lines[lines.length - 1] = `${last}  ${item}`;
    else lines.push(...wrap(item, columns).map((line, index) => (index === 0 ? line : `  ${line}`)));
  }
  return lines.map((text) => ({text, style: plain}));
};

const headRow = (
  {met, goals, moves, par, verdict}: ChallengeScene,
  {language, focused, region}: Drawing,
): Row => {
  const solved = verdict === 'solved';
  const word = challengeTexts[solved ? 'solved' : verdict === 'missed' ? 'missed' : 'goal'][language];
  const left = `${word} ${worded(metText, {met, goals: goals.length})[language]}`;
  const right = worded(movesText, {moves: moves.length, par})[language];
  const air = Math.max(2, region.columns - textWidth(left) - textWidth(right));
  const style: Style = {role: focused || solved ? 'accent' : 'text', bold: true};
  return {text: cut(`${left}${repeated(' ', air)}${right}`, region.columns), style};
};

/** Returns an offer in one line. Places differ at their ends, so that a long one is cut at its beginning. */
const offerLine = (offer: Offer, columns: number): string =>
  'head' in offer && textWidth(offer.head) > columns
    ? cutStart(offer.head, columns)
    : cut(offer.text, columns);

/** Returns the rows of the moves that a challenge offers, around the marked one, as many as fit in `room`. */
const offerRows = ({offers}: ChallengeScene, {marked, region}: Drawing, room: number): readonly Row[] => {
  const first = firstInSight(marked, offers.length, room);
  return offers.slice(first, first + room).map((offer, index): Row => {
    const isMarked = first + index === marked;
    const shown = padEnd(offerLine(offer, region.columns - 2), region.columns - 2);
    return isMarked
      ? {text: shown, style: {role: 'text', bold: true, selected: true}, marked: true}
      : {text: shown, style: plain};
  });
};

const lastMoves = ({moves}: ChallengeScene, {language, region}: Drawing, most: number): readonly Row[] => {
  const heading = moves.length === 0 ? challengeTexts.noMove[language] : challengeTexts.yourMoves[language];
  const last = moves.at(-1);
  if (last !== undefined && most <= 1)
    return [{text: cut(`${heading}  ${last}`, region.columns), style: muted}];
  const shown = moves.slice(-most);
  return [
    {text: heading, style: muted},
    ...shown.map((text) => ({text: cut(`  ${text}`, region.columns), style: plain})),
  ];
};

/** The meaning of the marked setting is shown below the moves only if more than this number of rows remains for the moves. */
const leastOffers = 3;

/**
 * Returns the rows on a challenge's goals that cannot be reached any more, and on why the run does not solve it. The latter are left out
 * while a message tells them, or if the possible moves would not all be visible.
 */
const reasonRows = (
  {goals, offers, missed, moves, verdict}: ChallengeScene,
  {language, glyphs, region: {columns}, isTold}: Drawing,
  room: number,
): {readonly missed: readonly string[]; readonly lost: readonly string[]} => {
  const wrapped = missed.flatMap((line) => wrap(plainText(line, glyphs), columns));
  const isLost = verdict === 'open' && moves.length > 0 && goals.some(({lost}) => lost);
  return {
    missed: isTold || wrapped.length + offers.length > room ? [] : wrapped,
    lost: isLost ? wrap(plainText(challengeTexts.lost[language], glyphs), columns) : [],
  };
};

export const putChallenge = (canvas: Canvas, scene: ChallengeScene, drawing: Drawing): void => {
  const {region, glyphs, language} = drawing;
  const {columns, rows} = region;
  const hints = scene.hints.flatMap((hint) =>
    wrap(plainText(`${challengeTexts.hint[language]}${hint}`, glyphs), columns),
  );
  const goals = goalRows(scene, columns, glyphs);
  const marked = scene.offers[drawing.marked];
  const told = marked && 'about' in marked ? wrap(plainText(marked.about, glyphs), columns) : [];
  const {missed, lost} = reasonRows(scene, drawing, rows - 4 - goals.length - hints.length - told.length);
  const free = rows - 2 - goals.length - missed.length - lost.length - hints.length;
  const done = lastMoves(scene, drawing, Math.min(4, free - 1 - Math.min(scene.offers.length, 5)));
  const top: readonly Row[] = [
    headRow(scene, drawing),
    ...goals,
    ...lost.map((text) => ({text, style: muted})),
    ...missed.map((text) => ({text, style: {role: 'warning'} as const})),
    ...hints.map((text) => ({text, style: muted})),
    ...done,
    {text: challengeTexts.moves[language], style: muted},
  ];
  const about = rows - top.length - told.length > leastOffers ? told : [];
  for (const [index, text] of about.entries())
    canvas.put(region.row + rows - about.length + index, region.column, text, muted);
  const offers = offerRows(scene, drawing, Math.max(0, rows - top.length - about.length));
  for (const [index, {text, style}] of top.slice(0, rows).entries())
    canvas.put(region.row + index, region.column, plainText(text, glyphs), style);
  for (const [index, {text, style, marked}] of offers.entries()) {
    const row = region.row + top.length + index;
    if (marked) canvas.put(row, region.column, `${glyphs.selected} `, {...style, role: 'accent'});
    canvas.put(row, region.column + 2, plainText(text, glyphs), style);
  }
};
