// The moves of a challenge from standard input, one a line, as `--fault` and `--set` take them; calls as `call=close@host=server,at=1s`.
import {standardText} from '../io/standard-text.ts';
import type {Challenge, Run} from '../lesson/lesson.ts';
import type {Move} from '../lesson/move.ts';
import {moveText, namesIn, parseMove} from '../lesson/move-text.ts';
import {isOffered, offerWords} from '../lesson/offer.ts';
import {type Problem, problemWith} from '../lesson/problem.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {challengeCheckSentences} from '../words/catalogue/challenge-check.ts';
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

/** Returns the moves of the text, in which empty lines and those that begin with # say nothing. */
const movesIn = (text: string, challenge: Challenge, run: Run): Result<readonly Move[], Failure> => {
  const names = namesIn(run);
  const moves: Move[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) continue;
    const move = parseMove(line, names);
    if (!move.ok) return err(unreadLine(move.error, index + 1));
    if (!isOffered(challenge, move.value)) {
      const facts = {move: moveText(move.value), offer: offerWords(challenge)};
      return err(unreadLine(problemWith(challengeCheckSentences.notOffered, facts), index + 1));
    }
    moves.push(move.value);
  }
  return ok(moves);
};

/** Reads the moves that are piped in; none at a terminal. */
export const pipedMoves = async (
  challenge: Challenge,
  run: Run,
): Promise<Result<readonly Move[], Failure>> => {
  const text = await standardText();
  if (text === undefined || text.split('\n').length > mostLines)
    return err({...problemOf(tooManyLines, {most: mostLines}), exit: 2});
  return movesIn(text, challenge, run);
};
