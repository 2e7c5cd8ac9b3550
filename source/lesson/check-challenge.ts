// Checks a challenge by playing it: it is not solved before any move, its solution solves it in `par` moves, and each near miss fails with
// its own reason.
import type {Trace} from '../sim/trace.ts';
import {challengeCheckSentences} from '../words/catalogue/challenge-check.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {checkSentences} from '../words/catalogue/lesson-check.ts';
import {punctuation} from '../words/catalogue/punctuation.ts';
import {attemptRun} from './attempt.ts';
import {fillTemplate} from './bind.ts';
import {comparedSides} from './evaluate.ts';
import {judged, missingIn} from './judge.ts';
import type {Challenge, Lesson, Miss, Run} from './lesson.ts';
import type {LessonError} from './lesson-error.ts';
import type {Move} from './move.ts';
import {covers, refusedMove} from './offer.ts';
import type {Position} from './position.ts';
import {type Problem, problemWith, unknownWord} from './problem.ts';
import {settablesOf} from './settable.ts';
import type {Text} from './text.ts';

type Known = {
  /** The ids of the lessons that a challenge may name; absent if they are not known, so that names are not checked. */
  readonly lessons?: readonly string[];
};

/** Simulates a run; returns undefined if the run has too many events, which is reported elsewhere. */
type Play = (run: Run) => Trace | undefined;

/** Returns the errors in the challenge of a lesson; none if the lesson has no challenge. */
export const challengeErrors = (lesson: Lesson, play: Play, known: Known): readonly LessonError[] => {
  const {challenge, runs} = lesson;
  const [run] = runs;
  if (!challenge || !run) return [];
  const checker = new ChallengeChecker(lesson, {challenge, run, play});
  checker.untouched();
  checker.lesson(known);
  checker.offer();
  checker.solution();
  for (const index of challenge.misses.keys()) checker.miss(index);
  return checker.errors;
};

type Playing = {readonly challenge: Challenge; readonly run: Run; readonly play: Play};

class ChallengeChecker {
  readonly errors: LessonError[] = [];
  readonly #lesson: Lesson;
  readonly #playing: Playing;

  constructor(lesson: Lesson, playing: Playing) {
    this.#lesson = lesson;
    this.#playing = playing;
  }

  /** Reports an error if the challenge is solved before the learner has made any move. */
  untouched(): void {
    const {challenge, run, play} = this.#playing;
    const attempt = attemptRun(this.#lesson, run, []);
    const trace = attempt.ok && play(attempt.value);
    if (trace && judged(challenge, trace, []).solved)
      this.#fail(checkSentences.challenge, challenge.position);
  }

  lesson({lessons}: Known): void {
    const {lesson, position} = this.#playing.challenge;
    if (lesson === undefined || !lessons || lessons.includes(lesson)) return;
    this.#fail(unknownWord(checkSentences.ids.lesson, lesson, lessons), position);
  }

  /** Reports places of settings in the challenge's `offer` that its run does not have. */
  offer(): void {
    const {run, challenge} = this.#playing;
    const {
      offer: {settings},
      offerAt,
    } = challenge;
    if (settings.length === 0) return;
    const known = settablesOf(this.#lesson, run.name).map(({place}) => place);
    for (const word of settings)
      if (!known.some((place) => covers(word, place)))
        this.#fail(unknownWord(challengeCheckSentences.place, word, known), offerAt);
  }

  solution(): void {
    const {challenge} = this.#playing;
    const {solution, par, solutionAt = challenge.position} = challenge;
    if (!solution) return;
    const made = solution.length;
    if (made !== par) this.#fail(problemWith(challengeCheckSentences.par, {made, par}), solutionAt);
    const trace = this.#played(solution, solutionAt);
    if (!trace) return;
    const judgement = judged(challenge, trace, solution);
    if (judgement.solved) return;
    const missing = joined(missingIn(challenge, judgement, trace));
    this.#fail(problemWith(challengeCheckSentences.unsolved, {missing}), solutionAt);
  }

  /** Checks that the changes of a near miss do not solve the challenge, and that its own reason is told. */
  miss(index: number): void {
    const {challenge} = this.#playing;
    const miss = challenge.misses[index];
    const trace = miss && this.#played(miss.changes, miss.position);
    if (!miss || !trace) return;
    const {solved, miss: told} = judged(challenge, trace, miss.changes);
    if (solved) this.#fail(challengeCheckSentences.solvedMiss, miss.position);
    else if (told === undefined) this.#fail(notTrue(miss, trace), miss.position);
    else if (told !== index)
      this.#fail(problemWith(challengeCheckSentences.otherMiss, {number: told + 1}), miss.position);
    for (const each of fillTemplate(miss.say, {trace, event: trace.length}).problems)
      this.#fail(each, miss.position);
  }

  /** Plays the challenge's run with these moves, and reports moves that are not on offer. */
  #played(moves: readonly Move[], position: Position): Trace | undefined {
    const {challenge, run, play} = this.#playing;
    for (const move of moves) {
      const refused = refusedMove(challenge, move);
      if (refused) this.#fail(refused, position);
    }
    const attempt = attemptRun(this.#lesson, run, moves);
    if (attempt.ok) return play({...attempt.value, position});
    this.#fail(attempt.error, position);
    return undefined;
  }

  #fail({message, remedy}: Problem, position: Position): void {
    this.errors.push({message, remedy, file: this.#lesson.file, position});
  }
}

const joined = (texts: readonly Text[]): Text =>
  inEvery((language) => texts.map((each) => each[language]).join(punctuation.semicolon[language]));

const notTrue = ({when}: Miss, trace: Trace): Problem =>
  problemWith(challengeCheckSentences.noMiss, {
    sides: comparedSides(when, {trace, event: trace.length}) ?? 'false',
  });
