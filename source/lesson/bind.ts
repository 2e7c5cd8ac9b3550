// Binds the beats of a lesson to the events of one run, and fills in the run's numbers.

import {entryAt} from '../account/entries.ts';
import {given} from '../sim/given.ts';
import type {Trace} from '../sim/trace.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {bindSentences} from '../words/catalogue/lesson.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {toldIn} from './beat-texts.ts';
import type {BoundBeat, BoundChoice} from './bound-beat.ts';
import {describeSelector} from './describe.ts';
import {evaluate, type Instant, isTrue} from './evaluate.ts';
import type {Expression} from './expression.ts';
import {hash32} from './hash.ts';
import {type Hidden, hiddenBy} from './hidden.ts';
import type {Beat, Choice, Lesson, Template} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import {matchingEvents} from './match.ts';
import {type Problem, problem} from './problem.ts';
import {isAlteredAsSigned, isAsSigned} from './signature.ts';
import {type Language, madeOf, sameIn, type Text, worded} from './text.ts';
import {plainValue, type Value, valueText} from './value.ts';

type Binding = {
  /** The bound beats in the order of the lesson; if a fault changed the run, only those that still fit it. */
  readonly beats: readonly BoundBeat[];
  /** The reasons why the other beats of the lesson do not fit the run. */
  readonly errors: readonly LessonError[];
};

export const bindBeats = (lesson: Lesson, run: string, trace: Trace): Binding => {
  const binder = new Binder(lesson, run, trace);
  for (const [index, beat] of lesson.beats.entries()) if (beat.run === run) binder.bind(beat, index);
  return {beats: binder.beats, errors: binder.errors};
};

/** Returns the name of the what-if to which the invitation of a beat leads; undefined if the beat has no such invitation. */
export const leadsTo = (beat: Beat): string | undefined =>
  beat.kind === 'narration' && beat.invites && 'leads' in beat.invites ? beat.invites.leads : undefined;

/** Returns the names of a run, of the what-ifs to which its beats invite, of those to which these invite, and so on. */
const invitedFrom = ({beats}: Lesson, run: string): ReadonlySet<string> => {
  const runs = new Set([run]);
  for (const each of runs)
    for (const leads of beats.flatMap((beat) => (beat.run === each ? (leadsTo(beat) ?? []) : [])))
      runs.add(leads);
  return runs;
};

/**
 * Returns the indexes of the beats whose invitation the learner has taken up in this run: the invitation's condition is true at the run's
 * end. Beats of what-ifs to which the run invites count, too.
 */
export const takenUp = (lesson: Lesson, run: string, trace: Trace): readonly number[] => {
  const invited = invitedFrom(lesson, run);
  return lesson.beats.flatMap((beat, index) => {
    if (!invited.has(beat.run) || beat.kind !== 'narration') return [];
    if (beat.invites === undefined || !('met' in beat.invites)) return [];
    return isTrue(beat.invites.met, {trace, event: trace.length}) ? [index] : [];
  });
};

/**
 * Binds the beats of a lesson that are told in a run which the learner may have changed. For each invitation taken up, the beats of its
 * what-if are added; they replace the invitation and narrations at the same events.
 */
export const bindTold = (lesson: Lesson, run: string, trace: Trace): readonly BoundBeat[] => {
  let told = bindBeats(lesson, run, trace).beats;
  for (const invitedBy of takenUp(lesson, run, trace)) {
    const beat = lesson.beats[invitedBy];
    const leads = beat && leadsTo(beat);
    if (leads === undefined) continue;
    const led = bindBeats(lesson, leads, trace).beats.map((each) =>
      each.kind === 'narration' ? {...each, invitedBy} : each,
    );
    const moments = new Set(led.map(({event}) => event));
    const isReplaced = ({kind, index, event}: BoundBeat): boolean =>
      kind === 'narration' && (index === invitedBy || moments.has(event));
    told = [...told.filter((each) => !isReplaced(each)), ...led];
  }
  return told.toSorted((a, b) => a.event - b.event);
};

/**
 * Binds the quiz questions of a lesson to a run, each on its own because they have no order. Their indexes continue after those of the
 * beats.
 */
export const bindQuestions = ({questions = [], ...lesson}: Lesson, run: string, trace: Trace): Binding => {
  const bound = questions.flatMap((question, index) => {
    if (question.run !== run) return [];
    const binder = new Binder(lesson, run, trace);
    binder.bind(question, lesson.beats.length + index);
    return [binder];
  });
  return {beats: bound.flatMap(({beats}) => beats), errors: bound.flatMap(({errors}) => errors)};
};

/** Fills the values of a run into a text; an expression without a value in this run becomes `?` and a problem. */
export const fillTemplate = (
  template: Template,
  instant: Instant,
): {readonly text: Text; readonly problems: readonly Problem[]} => {
  const told: (readonly Problem[])[] = [];
  const fill = (language: Language): string => {
    const problems: Problem[] = [];
    const parts = template[language].map((part) => {
      if (typeof part === 'string') return part;
      const value = evaluate(part, instant);
      if (value.ok) return valueText(value.value);
      problems.push(value.error);
      return '?';
    });
    told.push(problems);
    return parts.join('');
  };
  const text = madeOf([template], fill);
  // The expressions of a text should be the same in all languages, so their problems are reported once.
  return {text, problems: told.find((problems) => problems.length > 0) ?? []};
};

type Question = Extract<Beat, {kind: 'prediction' | 'concept'}>;

/** Returns a number by which beats are ordered: twice the event number, or one less for a prediction, which comes before its event. */
const beatOrder = (beat: Beat, event: number): number =>
  beat.kind === 'prediction' ? 2 * event - 1 : 2 * event;

/**
 * The most places in a run that are tried for one beat: if two ends answer each other for ever, a selector matches thousands of events,
 * and no late one resembles the lesson's own run.
 */
const mostPlaces = 50;

class Binder {
  readonly beats: BoundBeat[] = [];
  readonly errors: LessonError[] = [];
  readonly #lesson: Lesson;
  readonly #run: string;
  readonly #trace: Trace;
  #beat: Beat | undefined;
  #index = 0;
  readonly #told = new Set<string>();
  /** The place (see `beatOrder`) of the beat that was bound last. The next beats must not come before it. */
  #reached = 0;

  constructor(lesson: Lesson, run: string, trace: Trace) {
    this.#lesson = lesson;
    this.#run = run;
    this.#trace = trace;
  }

  bind(beat: Beat, index: number): void {
    this.#beat = beat;
    this.#index = index;
    const event = this.#eventOf(beat);
    if (event === undefined) return;
    const place = beatOrder(beat, event);
    if (place < this.#reached) {
      this.#fail(
        worded(bindSentences.bind.beatHappensBefore, {index: index + 1}),
        bindSentences.bind.beatsStandIn,
      );
      return;
    }
    this.#reached = place;
    const before = this.errors.length;
    this.#holds(beat, event);
    const bound = beat.kind === 'narration' ? this.#narration(beat, event) : this.#question(beat, event);
    if (this.errors.length > before) return;
    this.beats.push(bound);
    if (beat.as !== undefined) this.#told.add(beat.as);
  }

  /** Returns the name of the beat or question for error messages, with its number counted from 1. */
  #name(): Text {
    const own = this.#index - this.#lesson.beats.length;
    if (own < 0) return worded(bindSentences.name.beat, {index: this.#index + 1});
    return worded(bindSentences.name.question, {own: own + 1});
  }

  /**
   * Returns the event that the beat's selector means; undefined if the run has none. A concept without a selector comes after the beat
   * above it.
   */
  #eventOf(beat: Beat): number | undefined {
    const selector = beat.kind === 'prediction' ? beat.before : beat.when;
    const found = selector ? matchingEvents(selector, this.#trace) : [this.#reached >> 1];
    const [event] = found;
    if (beat.signature) {
      const place = found.slice(0, mostPlaces).find((each) => this.#isTrueAt(beat, each));
      // The packets that arrive altered at this place must be those of the beat's signature; otherwise the beat is not told in the run.
      const isItsOwn =
        place !== undefined && isAlteredAsSigned(toldIn(beat), {trace: this.#trace, event: place});
      return isItsOwn ? place : undefined;
    }
    if (!selector) return event;
    const name = this.#name();
    if (event !== undefined && found.length === 1) return event;
    const waited = describeSelector(selector);
    if (event === undefined) {
      const ends = this.#endStates();
      this.#fail(
        worded(bindSentences.eventOf.neverHappens, {name}),
        worded(bindSentences.eventOf.itWaitsFor, {waited, ends}),
      );
    } else {
      this.#fail(
        worded(bindSentences.eventOf.happensTimes, {name, foundCount: found.length}),
        worded(bindSentences.eventOf.itWaitsForAdd, {waited}),
      );
    }
    return undefined;
  }

  /**
   * Tells whether a beat is true at an event of any run: its `holds` is true there, or, without `holds`, the facts are those of its
   * signature.
   */
  #isTrueAt(beat: Beat, event: number): boolean {
    if (beatOrder(beat, event) < this.#reached) return false;
    if (beat.leans?.some((name) => !this.#told.has(name))) return false;
    const instant = {trace: this.#trace, event};
    if (beat.kind !== 'concept' && beat.holds) return isTrue(beat.holds, instant);
    return isAsSigned(toldIn(beat), instant);
  }

  /** Returns the state of each host's connection at the end of the run, which tells an author what is missing. */
  #endStates(): Text {
    const instant = {trace: this.#trace, event: this.#trace.length};
    const ends = this.#trace.header.hosts.flatMap(({name}) => {
      const state = evaluate({kind: 'host', host: name, property: 'state'}, instant);
      return state.ok ? [{name, state: valueText(state.value)}] : [];
    });
    const list = inEvery((language) =>
      ends.map((end) => bindSentences.end[language](end)).join(punctuation.comma[language]),
    );
    return worded(bindSentences.inTheEnd, {list});
  }

  #narration(beat: Extract<Beat, {kind: 'narration'}>, event: number): BoundBeat {
    const {match} = beat.when;
    const afterUs = match.kind === 'at' ? match.atUs - entryAt(this.#trace, event).atUs : 0;
    return {
      ...this.#common(beat, event),
      kind: 'narration',
      ...(afterUs > 0 && {afterUs}),
      say: this.#fill(beat.say, event),
      note: beat.note && this.#fill(beat.note, event),
      myth: beat.myth,
      card: beat.card,
      link: beat.link,
      invites: beat.invites,
    };
  }

  #question(beat: Question, event: number): BoundBeat {
    const hides = beat.kind === 'prediction' ? hiddenBy(beat, {trace: this.#trace, event}) : undefined;
    return {
      ...this.#common(beat, event),
      kind: beat.kind,
      ask: this.#fill(beat.ask, event),
      hint: beat.hint && this.#fill(beat.hint, event),
      choices: this.#choices(beat, event),
      explain: beat.explain && this.#fill(beat.explain, event),
      hides: hides satisfies Hidden | undefined,
      rfc: beat.rfc,
    };
  }

  #common({show, shows, panels}: Beat, event: number) {
    return {index: this.#index, event, show, ...(shows ? {shows} : {}), panels};
  }

  /** Reports an error if the condition `holds` of a beat is not true in this run. */
  #holds({holds}: Beat, event: number): void {
    if (!holds) return;
    const value = this.#evaluate(holds, event);
    if (!value || (value.kind === 'truth' && value.value)) return;
    this.#fail(
      worded(bindSentences.holds.whatRestsOn, {name: this.#name()}),
      bindSentences.holds.mendHoldsOr,
    );
  }

  #choices(beat: Question, event: number): readonly BoundChoice[] {
    const seen = new Map<string, number>();
    const choices = beat.choices.flatMap((choice, index) => {
      const bound = this.#choice(choice, event);
      if (!bound) return [];
      const earlier = seen.get(bound.text.en);
      if (earlier !== undefined) {
        const other = beat.choices[earlier]?.correct
          ? bindSentences.choices.choices.other.theAnswer
          : bindSentences.choices.choices.other.anotherChoice;
        this.#fail(
          worded(bindSentences.choices.choices.choiceEquals, {text: bound.text, other}),
          bindSentences.choices.choices.giveItAnother,
        );
        return [];
      }
      seen.set(bound.text.en, index);
      return [{...bound, order: this.#order(index)}];
    });
    return choices
      .toSorted((a, b) => a.order - b.order)
      .map(({order: _, ...choice}, index) => ({
        ...choice,
        id: String.fromCharCode('a'.charCodeAt(0) + index),
      }));
  }

  /** Returns a hash by which the choices are shuffled: the same for everybody who plays this run, and another one for other runs. */
  #order(choice: number): number {
    const {seed} = this.#trace.header;
    return hash32(['draw', this.#lesson.id, this.#run, seed, this.#index, choice].join(' '));
  }

  #choice(
    {value: expression, text: shown, correct, misconception, why}: Choice,
    event: number,
  ): Omit<BoundChoice, 'id'> | undefined {
    const tag = given({misconception, why: why && this.#fill(why, event)});
    if (shown) return {text: this.#fill(shown, event), value: undefined, correct, ...tag};
    const value = expression && this.#evaluate(expression, event);
    if (!value) return undefined;
    const words = valueText(value);
    return {text: sameIn(words), value: plainValue(value), correct, ...tag};
  }

  #evaluate(expression: Expression, event: number): Value | undefined {
    const value = evaluate(expression, {trace: this.#trace, event});
    if (value.ok) return value.value;
    this.#fail(value.error.message, value.error.remedy);
    return undefined;
  }

  #fill(template: Template, event: number): Text {
    const filled = fillTemplate(template, {trace: this.#trace, event});
    for (const each of filled.problems) this.#fail(each.message, each.remedy);
    return filled.text;
  }

  #fail(message: Text, remedy: Text): void {
    const position = this.#beat?.position ?? {line: 1, column: 1};
    this.errors.push({...problem(message, remedy), file: this.#lesson.file, position});
  }
}
