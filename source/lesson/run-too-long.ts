// What is said of a run that has more events than it may have.
import {type Problem, problem, text} from './problem.ts';

/** A remedy goes well beyond what was not enough. */
const moreEvents = 10;

export const allowMore = (most: number): string => `--max-events ${moreEvents * most}`;

export const runTooLong = (run: string, most: number, stoppedUs: number): Problem => {
  const at = `${stoppedUs / 1_000_000} s`;
  return problem(
    text(
      `the run ${run} costs more than ${most} events: stopped at ${at} of its time`,
      `运行 ${run} 的开销超过 ${most} 个事件，停在模拟时间 ${at}`,
    ),
    text(
      `let it send or repeat less, end it earlier with until: or limit:, or allow more: ${allowMore(most)}`,
      `减少发送或重复，用 until: 或 limit: 让它早些结束；确实需要就加 ${allowMore(most)}`,
    ),
  );
};
