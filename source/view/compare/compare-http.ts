// Compares what the HTTP requests cost in two runs, as rows of the comparison's table.
import type {Language} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import {compareTexts} from '../../words/catalogue/compare.ts';
import {type CompareFact, factOf} from '../../words/compare.ts';
import {formatTime} from '../../words/format.ts';
import {type Cost, costOf} from '../http/waterfall.ts';

const costsOf = ({left, right}: Comparison): readonly [Cost, Cost] | undefined => {
  const [a, b] = [costOf(left), costOf(right)];
  return a && b && [a, b];
};

type Say = (counts: readonly [number, number]) => string;

/**
 * Returns the table rows that compare the HTTP requests of two runs; empty if the runs have none. `count` and `time` write the remark on
 * how the right run differs.
 */
export const httpFacts = (
  comparison: Comparison,
  language: Language,
  {count, time}: {readonly count: Say; readonly time: Say},
): readonly CompareFact[] => {
  const costs = costsOf(comparison);
  if (!costs) return [];
  const fact = (
    name: string,
    read: (cost: Cost) => number,
    {text, remark}: {readonly text: (value: number) => string; readonly remark: Say},
  ): CompareFact => {
    const [a, b] = [read(costs[0]), read(costs[1])];
    return factOf(name, [text(a), text(b)], a === b, remark([a, b]));
  };
  const counted = {text: String, remark: count};
  return [
    fact(compareTexts.connections[language], ({connections}) => connections, counted),
    fact(compareTexts.segments[language], ({segments}) => segments, counted),
    fact(compareTexts.lastAnswer[language], ({elapsedUs}) => elapsedUs, {text: formatTime, remark: time}),
  ];
};
