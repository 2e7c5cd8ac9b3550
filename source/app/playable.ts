// Turns an opened run into the values that the player needs.
import {isOfferedLast} from '../lesson/challenge-summary.ts';
import type {LessonData} from '../lesson/data.ts';
import {matchingEvents} from '../lesson/match.ts';
import {everShown} from '../lesson/shown.ts';
import {allTerms, termsIn} from '../lesson/term-names.ts';
import {type Text, worded} from '../lesson/text.ts';
import {challengeTrack} from '../lesson/tracks.ts';
import type {Forkable, OpenedRun, SimulatedResult, Together} from '../ui/opened-run.ts';
import {inOneLine} from '../view/note.ts';
import {openingPage} from '../view/opening/opening.ts';
import {withCommentary} from '../view/story/commentary.ts';
import {besideText} from '../words/catalogue/forks.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {outcomesOf} from '../words/compare.ts';
import {byId} from './by-id.ts';
import {beatsIn, type Opened} from './opened.ts';
import {lessonsKnown} from './packs.ts';
import {placeKey} from './places-keeper.ts';

/**
 * Returns what the player needs for changing a run (key `x`) and comparing it (key `d`), and the key of its place in the file of places;
 * nothing for scripts and captures.
 */
const forkable = ({
  again,
  replay,
  lesson,
  simulated,
}: Opened): Pick<OpenedRun, 'fork' | 'together' | 'keptAs'> => {
  if (!again || !replay) return {};
  const {scenario, simulate, together, world} = again;
  const fork: Forkable = {
    scenario,
    replay,
    ...world,
    again(altered) {
      const {trace, told} = simulate(altered);
      return {
        trace,
        beats() {
          const {beats, asides, tells} = told();
          return withCommentary(trace, [...beats, ...asides], tells);
        },
      };
    },
  };
  return {
    fork,
    ...(together ? {together} : {}),
    ...(lesson && !simulated ? {keptAs: placeKey(lesson)} : {}),
  };
};

/** Adds the changes to the run's title and marks the run as the reader's own, if faults or settings were added. */
const marked = ({runTitle, replay}: Opened): Pick<OpenedRun, 'runTitle' | 'yours'> => {
  const changes = [...(replay?.set ?? []), ...(replay?.faults ?? [])];
  if (changes.length === 0) return {runTitle};
  const outcomes = outcomesOf(changes);
  const titled = (of: Text): Text =>
    inEvery((language) => `${of[language]}${punctuation.comma[language]}${outcomes[language]}`);
  return {runTitle: runTitle ? titled(runTitle) : outcomes, yours: true};
};

/** Tells whether a run is exactly that of its lesson, without added faults, settings or changes of TCP. */
const isAsWritten = ({lesson, run, replay}: Opened): boolean =>
  lesson !== undefined && run?.notTcp === undefined && run?.set === undefined && replay?.faults.length === 0;

/** Returns the opening and the closing page of a lesson's first run. A reader who asks for another run knows the lesson. */
export const openingOf = (opened: Opened): Pick<OpenedRun, 'opening' | 'closing'> => {
  const {lesson, run, runName} = opened;
  if (!lesson || !run || runName !== undefined || !isAsWritten(opened)) return {};
  const lessons = lessonsKnown();
  const opening = openingPage(lesson, run, lessons);
  const place = lessons.findIndex(({id}) => id === lesson.id);
  const next = place < 0 ? undefined : lessons[place + 1];
  // The next lesson must be of the same pack, or also of the program itself.
  const isNext = next?.pack === lessons[place]?.pack;
  const isLast = place >= 0 && (next === undefined || !isNext);
  const byHand = isOfferedLast(lesson) ? ({byHand: true} as const) : {};
  return opening ? {opening, closing: {next: isNext ? next : undefined, isLast, ...byHand}} : {};
};

const referenceOf = (data: LessonData, lesson: Opened['lesson']): NonNullable<OpenedRun['reference']> => {
  const lessonNamed = byId(lessonsKnown());
  return {
    card: byId(data.cards),
    glossary: termsIn(allTerms(data), lesson?.track),
    lessonTitle: (id) => lessonNamed(id)?.title,
  };
};

const simulatedBeside = async (
  {simulate}: Opened,
  packet: number | undefined,
  play: (opened: Opened) => OpenedRun,
): Promise<SimulatedResult> => {
  const result = await simulate?.(packet);
  if (!result) throw new Error('nothing is simulated here');
  if (!result.ok) return {message: result.error.what};
  const {capture, replayed, opened} = result.value;
  const {compareReplay} = await import('../view/compare/compare-replay.ts');
  return {...compareReplay(capture, opened.trace, replayed), run: play(opened)};
};

/** Returns the title of the offer to compare two runs of a lesson, as both are titled in the same list. */
const besideOf = ({titles}: Together): Text => {
  const [a, b] = titles.map(({title}) => title);
  return worded(besideText, {a: a ?? '', b: b ?? ''});
};

/** Returns which parts of the screen a lesson shows from the start; other runs than the first show all that the lesson ever shows. */
const showsOf = ({lesson, runName}: Opened): OpenedRun['shows'] =>
  runName === undefined ? lesson?.shows : lesson && everShown(lesson);

const counterAt = ({lesson, run, trace}: Opened): NonNullable<OpenedRun['counterAt']> => {
  const counters = new Map(lesson?.counters?.map((counter) => [counter.misconception, counter]));
  return (misconception) => {
    const counter = counters.get(misconception);
    if (counter === undefined) return undefined;
    if (counter.run !== run?.name || counter.faults.length > 0) return 'another';
    return matchingEvents(counter.at, trace)[0] ?? 'another';
  };
};

/** Turns an opened run into one that the player shows. `play` does the same for the runs to which it leads. */
export type Play = (opened: Opened, data: LessonData, play?: Play) => OpenedRun;

export const playable: Play = (opened, data, play = playable) => {
  const {source, title, track, trace, beside, solving, live, tells} = opened;
  const offered = beside?.offered ?? [];
  const together = opened.again?.together;
  const own = opened.lesson?.beliefs ?? [];
  const isChecked = track !== challengeTrack && solving?.challenge.stack === undefined;
  return {
    source,
    title,
    track,
    ...marked(opened),
    ...(opened.lesson?.openedFrom === undefined ? {} : {openedFrom: opened.lesson.openedFrom}),
    ...(isChecked && isAsWritten(opened) ? {check: source} : {}),
    // A learner who plays a host has already seen the lesson's first page.
    ...(solving?.challenge.stack ? {} : openingOf(opened)),
    ...(opened.simulated
      ? {
          check: source,
          beginCheck: async () =>
            (await import('./round-about.ts')).roundAbout(opened, (other) => play(other, data)),
        }
      : {}),
    ...(live ? {live} : {}),
    trace,
    beats: withCommentary(trace, beatsIn(opened), tells),
    shows: showsOf(opened),
    ...forkable(opened),
    whatIfs: [...offered.map((other) => other.title), ...(together ? [besideOf(together)] : [])],
    ...(opened.simulate
      ? {simulate: (packet) => simulatedBeside(opened, packet, (other) => play(other, data))}
      : {}),
    openWhatIf: async (index) => {
      const other = await beside?.open(offered[index]?.name ?? '');
      if (other === undefined) throw new Error('nothing was offered');
      if (!other.ok) return {message: other.error.what};
      // The what-if offers no further what-ifs, because the key `q` leads back to the list.
      return {run: {...playable(other.value, data), whatIfs: []}};
    },
    reference: referenceOf(data, opened.lesson),
    ...(solving
      ? {
          challenge: solving,
          attempt: async (moves) => {
            const other = await solving.attempt(moves);
            // The remedy is shown, too, because it names the bounds of a refused setting.
            return other.ok ? {run: playable(other.value, data)} : {message: inOneLine(other.error)};
          },
        }
      : {}),
    rule: byId(data.rules),
    misconception: byId([...data.misconceptions, ...own]),
    counterAt: counterAt(opened),
  };
};
