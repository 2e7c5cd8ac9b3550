// Compares a capture with a simulation of it: which packets correspond, and in what the two agree.
import {type Agreement, agreementOf, type Pair} from '../../drills/replay/agreement.ts';
import {departureOf} from '../../drills/replay/departure.ts';
import {type Difference, differencesOf} from '../../drills/replay/differences.ts';
import type {Replayed} from '../../drills/replay/from-capture.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import {compareHosts} from '../../sim/compare-hosts.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import type {Trace} from '../../sim/trace.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {replayTexts} from '../../words/catalogue/replay.ts';
import {type CompareFact, factOf} from '../../words/compare.ts';
import {formatEstimate, formatTime} from '../../words/format.ts';
import {agreementText, departureText, differencesText} from '../../words/replay.ts';
import type {CompareTold} from './compare-facts.ts';

const rowOf = ({capture, simulated, alike}: Pair): PacketRow => ({
  left: capture?.packet,
  right: simulated?.packet,
  relation: alike ? '=' : !capture ? '+' : !simulated ? '−' : '≠',
  elsewhere: undefined,
});

/**
 * Tells whether two times of a capture and its simulation differ by at most a twentieth. That counts as equal, because two machines never
 * take exactly the same time.
 */
const isNear = (a: number, b: number): boolean => Math.abs(a - b) * 20 <= Math.max(a, b);

const isAbout = (difference: Difference, pair: Pair | undefined): boolean => {
  const seen = difference.kind === 'alone' ? difference.first : difference.captured;
  return seen === pair?.capture || seen === pair?.simulated;
};

/** The number of differences that are described in sentences below the ladders; further ones are left out. */
const mostDifferences = 3;

const factsOf = (
  {pairs, alike, captured, extra}: Agreement,
  {vantage}: Replayed,
  language: Language,
): readonly CompareFact[] => {
  const simulated = pairs.filter((pair) => pair.simulated).length;
  const again = (of: 'capture' | 'simulated'): number => {
    const seen = new Set<string>();
    return pairs.filter((pair) => {
      const segment = pair[of];
      if (!segment || segment.end === segment.seq) return false;
      const key = `${segment.side} ${segment.seq}`;
      return seen.has(key) || !seen.add(key);
    }).length;
  };
  const [a, b] = [again('capture'), again('simulated')];
  const lastUs = (of: 'capture' | 'simulated'): number => pairs.findLast((pair) => pair[of])?.[of]?.atUs ?? 0;
  const [last, lastAgain] = [lastUs('capture'), lastUs('simulated')];
  const fact = (name: Text, values: readonly [string, string], same: boolean, remark?: Text) =>
    factOf(name[language], values, same, remark?.[language]);
  const delay = formatEstimate(vantage.delayUs);
  return [
    fact(replayTexts.packets, [`${captured}`, `${simulated}`], captured === simulated),
    fact(
      replayTexts.alike,
      [`${alike} / ${captured}`, `${alike} / ${simulated}`],
      alike === captured && extra === 0,
    ),
    fact(replayTexts.again, [`${a}`, `${b}`], a === b),
    fact(
      replayTexts.last,
      [formatTime(last), formatTime(lastAgain)],
      isNear(last, lastAgain),
      replayTexts.seenAt,
    ),
    fact(replayTexts.oneWay, [`≈ ${delay}`, delay], true, replayTexts.estimated),
  ];
};

/**
 * Returns the comparison of a capture with its simulation, and its texts. Packets with different identifications, checksums or clocks count
 * as equal.
 */
export const compareReplay = (
  capture: Trace,
  simulated: Trace,
  replayed: Replayed,
): {readonly comparison: Comparison; readonly told: CompareTold} => {
  const agreement = agreementOf(replayed, simulated);
  const comparison: Comparison = {
    left: capture,
    right: simulated,
    rows: agreement.pairs.map(rowOf),
    first: undefined,
    ...compareHosts(capture, simulated),
  };
  const differences = differencesOf(agreement, simulated);
  const departure = departureOf(agreement, {vantage: replayed.vantage, trace: simulated});
  /** Returns sentences on the differences between a capture and its simulation; those about the packets of the given row come first. */
  const say: CompareTold['say'] = (row) => {
    const pair = row === undefined ? undefined : agreement.pairs[row];
    const [near, far] = [true, false].map((wanted) =>
      differences.filter((difference) => isAbout(difference, pair) === wanted),
    );
    const told = differencesText([...(near ?? []), ...(far ?? [])], mostDifferences);
    const all = departure ? [departureText(departure), told] : [told];
    return inEvery((language) => all.map((each) => each[language]).join(punctuation.space[language]));
  };
  const facts: CompareTold['facts'] = (language, most) =>
    factsOf(agreement, replayed, language).slice(0, most);
  return {comparison, told: {say, note: agreementText(agreement), facts}};
};
