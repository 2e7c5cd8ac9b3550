// The log of errors that were caught while the app ran, each with the run and the last keys, which help to find the cause.
import {isSameText, type Text} from '../lesson/text.ts';
import {forkCode} from '../sim/fork.ts';
import type {Failed} from '../words/failed.ts';
import type {AppState} from './app-state.ts';
import {pastedText} from './key-name.ts';

/** The number of last keys that are logged, enough to see what the reader did. */
const keysKept = 12;
/** The largest number of errors that are logged. */
const failuresKept = 20;

/**
 * Returns how to open the run or round on the screen again, for the error log: a replay code, or a command with a seed; undefined if
 * neither is on the screen.
 */
const runOf = ({player, quiz, screen}: AppState): string | undefined => {
  if (screen === 'quiz' && quiz !== undefined) {
    const {command, seed} = quiz.round.info;
    return `${command ?? 'quiz'} --seed ${seed}`;
  }
  if (player === undefined) return undefined;
  const {run, forks} = player;
  if (forks !== undefined) return forkCode(forks.tree, forks.tree.current);
  return `${run.source} --seed ${run.trace.header.seed}`;
};

export function makeFailureLog(get: () => AppState) {
  const keys: string[] = [];
  const all: Failed[] = [];
  return {
    all: (): readonly Failed[] => all,
    pressed(key: string): void {
      keys.push(pastedText(key) === undefined ? key : 'paste');
      if (keys.length > keysKept) keys.shift();
    },
    /** Logs an error and returns its entry. An error that each frame causes again is logged only once. */
    add(part: Text, error: unknown): Failed {
      const isSame = (other: Failed): boolean =>
        isSameText(other.part, part) && String(other.error) === String(error);
      const known = all.find(isSame);
      if (known !== undefined) return known;
      const failed: Failed = {part, error, run: runOf(get()), keys: [...keys]};
      if (all.length < failuresKept) all.push(failed);
      return failed;
    },
  };
}
