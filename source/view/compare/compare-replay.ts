// A capture beside the run that the simulator makes of it: which packets are taken for each other, and what is said of both.
import {type Agreement, agreementOf, type Pair} from '../../drills/replay/agreement.ts';
import {differencesOf} from '../../drills/replay/differences.ts';
import type {Replayed} from '../../drills/replay/from-capture.ts';
import {sameIn} from '../../lesson/text.ts';
import type {Comparison} from '../../sim/compare.ts';
import {compareHosts} from '../../sim/compare-hosts.ts';
import type {PacketRow} from '../../sim/compare-packets.ts';
import type {Trace} from '../../sim/trace.ts';
import {replayTexts} from '../../words/catalogue/replay.ts';
import {formatTime} from '../../words/format.ts';
import {agreementText, differencesText} from '../../words/replay.ts';
import type {CompareTold} from './compare-told.ts';

const rowOf = ({capture, simulated, alike}: Pair): PacketRow => ({
  left: capture?.packet,
  right: simulated?.packet,
  relation: alike ? '=' : !capture ? '+' : !simulated ? '−' : '≠',
  elsewhere: undefined,
});

const nothing = sameIn('');
/** Two machines never take equally long: a twentieth is no difference. */
const isNear = (a: number, b: number): boolean => Math.abs(a - b) * 20 <= Math.max(a, b);

/** What fits below a ladder. */
const mostDifferences = 3;

const factsOf = ({pairs, alike, captured, extra}: Agreement, {vantage}: Replayed): CompareTold['facts'] => {
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
  const same = (equal: boolean) => (equal ? '=' : '≠');
  return [
    {
      name: replayTexts.packets,
      left: `${captured}`,
      right: `${simulated}`,
      relation: same(captured === simulated),
      remark: nothing,
    },
    {
      name: replayTexts.alike,
      left: `${alike} / ${captured}`,
      right: `${alike} / ${simulated}`,
      relation: same(alike === captured && extra === 0),
      remark: nothing,
    },
    {name: replayTexts.again, left: `${a}`, right: `${b}`, relation: same(a === b), remark: nothing},
    {
      name: replayTexts.last,
      left: formatTime(lastUs('capture')),
      right: formatTime(lastUs('simulated')),
      relation: same(isNear(lastUs('capture'), lastUs('simulated'))),
      remark: replayTexts.seenAt,
    },
    {
      name: replayTexts.oneWay,
      left: `≈ ${formatTime(vantage.delayUs)}`,
      right: formatTime(vantage.delayUs),
      relation: '=',
      remark: replayTexts.estimated,
    },
  ];
};

/** Packets that are alike count as equal, whatever their identifications, checksums and clocks. */
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
  const say = differencesText(differencesOf(agreement, simulated), mostDifferences);
  return {comparison, told: {say, note: agreementText(agreement), facts: factsOf(agreement, replayed)}};
};
