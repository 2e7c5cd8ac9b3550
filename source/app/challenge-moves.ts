// Reads the moves of a challenge from standard input, one a line, in the notation of `--fault` and `--set`; calls as
// `call=close@host=server,at=1s`.
import {standardText} from '../io/standard-text.ts';
import {attemptRun} from '../lesson/attempt.ts';
import type {Challenge, Lesson, Run} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {namesOfRun, parseMove} from '../lesson/move-text.ts';
import {refusedMove} from '../lesson/offer.ts';
import type {Problem} from '../lesson/problem.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {tooManyLines} from '../words/catalogue/challenge-command.ts';
import {problemOf} from '../words/problem.ts';
import type {Failure} from './command.ts';

const mostLines = 1000;

const unreadLine = ({message, remedy}: Problem, line: number): Failure => ({
  what: message,
  remedy,
  exit: 2,
  place: `-:${line}:1`,
});

/** Returns why the challenge does not allow a move in this lesson; undefined if it can be made. */
const wrongWith = (lesson: Lesson, challenge: Challenge, run: Run, move: Move): Problem | undefined => {
  const refused = refusedMove(challenge, move);
  if (refused) return refused;
  const attempt = attemptRun(lesson, run, [move]);
  return attempt.ok ? undefined : attempt.error;
};

/**
 * Parses a challenge's moves from text, one a line. Empty lines and lines that begin with # are ignored; the first wrong line is the
 * failure.
 */
export const movesIn = (
  text: string,
  lesson: Lesson,
  challenge: Challenge,
): Result<readonly Move[], Failure> => {
  const [run] = lesson.runs;
  const moves: Move[] = [];
  if (!run) return ok(moves);
  const names = namesOfRun(run);
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    const move = parseMove(line, names);
    const problem = move.ok ? wrongWith(lesson, challenge, run, move.value) : move.error;
    if (problem) return err(unreadLine(problem, index + 1));
    if (move.ok) moves.push(move.value);
  }
  return ok(moves);
};

/** Reads a challenge's moves from standard input; none if it is a terminal. Too many lines are a failure. */
export const pipedMoves = async (
  lesson: Lesson,
  challenge: Challenge,
): Promise<Result<readonly Move[], Failure>> => {
  const text = await standardText();
  if (text === undefined || text.split('\n').length > mostLines)
    return err({...problemOf(tooManyLines, {most: mostLines}), exit: 2});
  return movesIn(text, lesson, challenge);
};
