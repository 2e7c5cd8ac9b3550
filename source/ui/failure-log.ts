// What has failed while the app ran, each with what somebody needs who is to find out why.
import {isSameText, type Text} from '../lesson/text.ts';
import {forkCode} from '../sim/fork.ts';
import type {Failed} from '../words/failed.ts';
import type {AppState} from './app-state.ts';
import {pastedText} from './key-name.ts';

/** Enough to see what somebody was about. */
const keysKept = 12;
/** Whoever has so many failures needs no more of them. */
const failuresKept = 20;

/** The replay code; what has none is named as it was opened. */
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
    /** A frame is drawn again and again: the same is told as it was the first time. */
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
