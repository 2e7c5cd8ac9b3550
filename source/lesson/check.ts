// Checks a lesson by running it: its beats, checks, what-ifs and ids, and its questions under other seeds.

import {vainFaults} from '../account/vain-faults.ts';
import type {Trace} from '../sim/trace.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {beatsSentences} from '../words/catalogue/lesson.ts';
import {checkSentences} from '../words/catalogue/lesson-check.ts';
import {bindBeats, bindQuestions, fillTemplate, leadsTo, takenUp} from './bind.ts';
import {unbacked, unsaid} from './check-backed.ts';
import {challengeErrors} from './check-challenge.ts';
import {enteredIn, refuted, statesNot} from './check-claims.ts';
import {counterErrors} from './check-counters.ts';
import type {LessonData} from './data.ts';
import {describeSelector} from './describe.ts';
import {comparedSides, evaluate} from './evaluate.ts';
import {withFreeNumbers} from './free-numbers.ts';
import {givesAway, hiddenBy, isAssumed, wrongAsks} from './hidden.ts';
import {impossibleEdit} from './impossible-edit.ts';
import type {Beat, Check, Lesson, Run, WhatIf} from './lesson.ts';
import {byPosition, type LessonError} from './lesson-error.ts';
import {matchingEvents} from './match.ts';
import type {Position} from './position.ts';
import {type Problem, problem, problemWith, unknownWord} from './problem.ts';
import {RunBudget, type Simulate} from './run-budget.ts';
import {type Text, worded} from './text.ts';
import {challengeTrack} from './tracks.ts';

/**
 * The number of other seeds with which a lesson is checked. An answer must differ from its distractors under the initial sequence numbers
 * of each.
 */
const otherSeeds = 20;

type Known = LessonData & {
  /** The ids of lessons that a lesson may link to; absent if they are not known, so that links are not checked. */
  readonly lessons?: readonly string[];
  /** True for a built-in lesson: a missing opening, or a question without a hint, is then an error. */
  readonly ours?: boolean;
  /** The most events that a run of the lesson may have. @default usualEvents */
  readonly mostEvents?: number;
};

export const checkLesson = (lesson: Lesson, simulate: Simulate, known: Known): readonly LessonError[] => {
  const checker = new Checker(lesson, new RunBudget(lesson, simulate, known.mostEvents));
  checker.ids(known);
  if (lesson.format > 1) checker.errors.push(...unbacked(lesson));
  checker.errors.push(...unsaid(lesson, known.ours === true));
  if (known.ours) checker.finished();
  for (const run of lesson.runs) checker.run(run);
  checker.challenge(known);
  for (const whatIf of lesson.whatIfs) checker.whatIf(whatIf);
  checker.states();
  checker.counters();
  if (checker.errors.length === 0) for (const run of lesson.runs) checker.seeds(run);
  return [...checker.errors, ...checker.runs.errors].toSorted(byPosition);
};

class Checker {
  readonly errors: LessonError[] = [];
  readonly runs: RunBudget;
  readonly #lesson: Lesson;
  /** The TCP states that connections enter in those runs of the lesson that have been simulated. */
  readonly #entered = new Set<string>();

  constructor(lesson: Lesson, runs: RunBudget) {
    this.#lesson = lesson;
    this.runs = runs;
  }

  finished(): void {
    const {opening, runs, track} = this.#lesson;
    const [first] = runs;
    if (!opening && track !== challengeTrack && first?.position)
      this.#fail(checkSentences.opening, first.position);
    const missing = checkSentences.hints.missing;
    for (const beat of this.#told())
      if (beat.kind !== 'narration' && beat.hint === undefined) this.#fail(missing, beat.position);
    const {challenge} = this.#lesson;
    if (challenge?.hints.length === 0) this.#fail(missing, challenge.position);
  }

  ids(known: Known): void {
    const misconceptions = known.misconceptions.map(({id}) => id);
    const cards = known.cards.map(({id}) => id);
    for (const beat of this.#told()) {
      const kind = checkSentences.ids.kind;
      if (beat.kind !== 'narration') {
        for (const {misconception, named = beat.position} of beat.choices)
          this.#known(kind, [misconception], misconceptions, named);
        continue;
      }
      this.#known(kind, [beat.myth], misconceptions, beat.position);
      this.#known(checkSentences.ids.card, [beat.card], cards, beat.position);
      if (known.lessons) this.#known(checkSentences.ids.lesson, [beat.link], known.lessons, beat.position);
    }
  }

  run(run: Run): void {
    const trace = this.runs.traceOf(run);
    if (!trace) return;
    this.#faults(run, trace);
    this.errors.push(...this.#bindingErrors(run, trace));
    this.#claims(run, trace);
    for (const index of takenUp(this.#lesson, run.name, trace))
      this.#fail(beatsSentences.invitation.met, this.#lesson.beats[index]?.position ?? {line: 1, column: 1});
    for (const beat of this.#told()) {
      if (beat.kind === 'prediction' && beat.run === run.name) this.#prediction(beat, trace);
    }
    for (const check of this.#lesson.checks) if (check.run === run.name) this.#check(check, trace);
  }

  /** Checks the lesson's challenge by playing it, if the lesson has one. */
  challenge(known: Known): void {
    this.errors.push(...challengeErrors(this.#lesson, (run) => this.runs.traceOf(run), known));
  }

  whatIf({title, say, run, expect, checks, position}: WhatIf): void {
    const trace = this.runs.traceOf({...run, position});
    if (!trace) return;
    this.#faults({...run, position}, trace);
    this.errors.push(...bindBeats(this.#lesson, run.name, trace).errors);
    this.#claims(run, trace);
    this.#invitationsTo(run, trace);
    const event = trace.length;
    for (const {selector, position: place} of expect) {
      if (matchingEvents(selector, trace).length > 0) continue;
      const waited = describeSelector(selector);
      this.#fail(problemWith(checkSentences.whatIf, {title, waited}), place);
    }
    for (const check of checks) this.#check(check, trace);
    if (say) for (const each of fillTemplate(say, {trace, event}).problems) this.#fail(each, position);
  }

  /** Reports TCP states that the lesson's texts name although no run of the lesson enters them. */
  states(): void {
    const {beats, constants = [], format} = this.#lesson;
    if (format < 2 || this.runs.errors.length > 0) return;
    for (const beat of beats)
      for (const found of statesNot(beat, this.#entered, constants)) this.#fail(found, beat.position);
  }

  /** Checks a what-if to which an invitation leads: the invitation's condition is true in it, and it has beats that tell the result. */
  #invitationsTo({name}: Run, trace: Trace): void {
    const {beats} = this.#lesson;
    const isToldOf = beats.some(({run}) => run === name);
    for (const [index, beat] of beats.entries()) {
      const leads = leadsTo(beat);
      if (leads !== name) continue;
      if (!takenUp(this.#lesson, beat.run, trace).includes(index))
        this.#fail(problemWith(beatsSentences.invitation.unmet, {leads}), beat.position);
      if (!isToldOf) this.#fail(problemWith(beatsSentences.invitation.untold, {leads}), beat.position);
    }
  }

  counters(): void {
    this.errors.push(...counterErrors(this.#lesson, (run) => this.runs.traceOf(run)));
  }

  /** Checks the beats and questions of a run under other seeds (initial sequence numbers and ports); a long run is repeated fewer times. */
  seeds(run: Run): void {
    if (!this.#told().some((beat) => beat.run === run.name)) return;
    const seeds = Math.min(otherSeeds, this.runs.repeats(run));
    for (let seed = 1; seed <= seeds; seed += 1) {
      const trace = this.runs.again(withFreeNumbers(run, seed));
      if (!trace) return;
      const errors = this.#bindingErrors(run, trace);
      for (const {message, remedy, position} of errors) {
        const where = worded(checkSentences.seeds.where, {seed});
        this.#fail(
          problem(
            inEvery((language) => where[language] + message[language]),
            remedy,
          ),
          position,
        );
      }
      if (errors.length > 0) return;
    }
  }

  #told(): readonly Beat[] {
    return [...this.#lesson.beats, ...(this.#lesson.questions ?? [])];
  }

  /** Reports faults of a run that have no effect. Faults that a what-if inherits from another run are not reported again. */
  #faults({faults, faultPlaces = [], position = {line: 1, column: 1}}: Run, trace: Trace): void {
    const inherited = faults.length - faultPlaces.length;
    for (const vain of vainFaults(trace, faults)) {
      const place = faultPlaces[faults.indexOf(vain.fault) - inherited] ?? position;
      if (vain.kind === 'impossible') this.#fail(impossibleEdit(vain), place);
    }
  }

  /** Reports claims in a run's texts that the run refutes; lessons of format 1 are not checked. */
  #claims({name}: Run, trace: Trace): void {
    const {beats, constants = [], format} = this.#lesson;
    if (format < 2) return;
    for (const state of enteredIn(trace)) this.#entered.add(state);
    for (const {index, event} of bindBeats(this.#lesson, name, trace).beats) {
      const beat = beats[index];
      if (beat === undefined) continue;
      for (const found of refuted(beat, {trace, event, constants})) this.#fail(found, beat.position);
    }
  }

  #bindingErrors(run: Run, trace: Trace): readonly LessonError[] {
    const bound = [bindBeats, bindQuestions].map((bind) => bind(this.#lesson, run.name, trace));
    return bound.flatMap(({errors}) => errors);
  }

  #check({that, because, position}: Check, trace: Trace): void {
    const instant = {trace, event: trace.length};
    const value = evaluate(that, instant);
    if (!value.ok) {
      this.#fail(value.error, position);
    } else if (value.value.kind !== 'truth') {
      this.#fail(checkSentences.check.aCheckCompares, position);
    } else if (!value.value.value) {
      const sides = comparedSides(that, instant) ?? 'false';
      const why = because === '' ? '' : ` (${because})`;
      this.#fail(problemWith(checkSentences.check.thisCheckFails, {sides, why}), position);
    }
  }

  #prediction(beat: Extract<Beat, {kind: 'prediction'}>, trace: Trace): void {
    if (this.#lesson.format > 1 && isAssumed(beat))
      this.#fail(checkSentences.prediction.assumed, beat.position);
    const [event] = matchingEvents(beat.before, trace);
    if (event === undefined) return;
    const instant = {trace, event};
    for (const field of wrongAsks(beat, instant)) {
      this.#fail(problemWith(checkSentences.prediction.theAnswerIs, {field}), beat.position);
    }
    const hidden = hiddenBy(beat, instant);
    const shown = [...beat.ask.en, ...(beat.hint?.en ?? [])].filter((part) => typeof part !== 'string');
    if (shown.some((part) => givesAway(part, hidden, instant))) {
      this.#fail(checkSentences.prediction.theQuestionShows, beat.position);
    }
  }

  #known(
    kind: Text,
    given: readonly (string | undefined)[],
    known: readonly string[],
    position: Position,
  ): void {
    for (const id of given)
      if (id !== undefined && !known.includes(id)) this.#fail(unknownWord(kind, id, known), position);
  }

  #fail({message, remedy}: Problem, position: Position): void {
    this.errors.push({message, remedy, file: this.#lesson.file, position});
  }
}
