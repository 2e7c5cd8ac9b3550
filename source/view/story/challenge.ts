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

/** A goal; `lost` is true if it cannot be reached in this run any more. */
export type Goal = {readonly text: string; readonly met: boolean; readonly lost: boolean};

/** A thing that can be done now: a move, or a setting that is given a value, with its present one and what it means. */
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
  /** The events of the goal and the conditions; a condition counts as met only at the end of the run, because it is true of the whole. */
  readonly goals: readonly Goal[];
  readonly met: number;
  readonly verdict: Verdict;
  /** Which rules a run that has ended unsolved breaks, and why a near miss is none; empty otherwise. */
  readonly missed: readonly string[];
  readonly moves: readonly string[];
  readonly par: number;
  readonly offers: readonly Offer[];
  readonly hints: readonly string[];
};

/** Returns the text of a goal: a state that any host may enter is written briefly (`TIME-WAIT → CLOSED`), everything else as a clause. */
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

/** Returns a move in words. */
export const moveTitle = (move: Move, run: Run): Text =>
  inEvery((language) =>
    moveText(move, {language, called: (host) => hostName({header: run}, host)[language]}),
  );

const partOf = ({of}: Settable, run: Run): Text =>
  'host' in of ? hostName({header: run}, of.host) : worded(settingTexts.link, of);

/** Returns a setting in words, with its place and its value: `depot: when the program makes this call (b.connect.at = 300ms)`. */
export const settingText = (each: Settable, run: Run, value = each.value): Text =>
  worded(settingTexts.offer, {of: partOf(each, run), means: each.means, place: each.place, value});

/** Returns what a setting means, without its place and its value. */
export const settingMeaning = (each: Settable, run: Run): Text =>
  worded(settingTexts.means, {of: partOf(each, run), means: each.means});

/** Returns the settings on offer, with the values that they have in the learner's run. */
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

/** Returns which rules a finished run breaks, and why a near miss is none. What is missing is marked among the goals. */
const missedLines = (
  {challenge, run, judgement, miss}: ChallengeInput,
  language: Language,
): readonly string[] => {
  const broken = missingIn({...challenge, goal: [], holds: []}, judgement, {header: run});
  return [...broken, ...(miss ? [miss] : [])].map((text) => terminal.text(text[language]));
};

/** Returns the message that a run has ended unsolved: what is missing, and why a near miss is none. It is one object for each run. */
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
    // The packet or the setting says when such a move counts; a call and a segment have a time.
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
  /** The index of the marked move. */
  readonly marked: number;
  /** True while a message tells why the run is no solution. */
  readonly isTold: boolean;
};

type Row = {readonly text: string; readonly style: Style; readonly marked?: true};

/** Returns the rows of the goals, as many goals beside each other as fit. */
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

/** Returns the rows of the possible moves around the marked one, as many as fit in `room`. */
/** Returns an offer in one line. Places differ at their ends, so that a long one is cut at its beginning. */
const offerLine = (offer: Offer, columns: number): string =>
  'head' in offer && textWidth(offer.head) > columns
    ? cutStart(offer.head, columns)
    : cut(offer.text, columns);

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

/** The least number of rows of moves that are left if what the marked one means is told below them. */
const leastOffers = 3;

/**
 * Returns the rows on what cannot be reached any more, and on why the run is no solution; the latter only if they are not told beside and
 * leave all the possible moves in sight. The key that plays tells them again.
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
