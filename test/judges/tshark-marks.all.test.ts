// tshark as judge: in the capture of each sender its marks fall on the packets that our reasons name, in every lesson, every
// what-if and on paths where each mark has to appear. Where the two differ, the difference has a name (tshark/expected.ts).
import {describe, expect, inject, test} from 'vitest';
import {summaryOf} from '../../source/account/summary.ts';
import {Sharkd, sharkdMissing} from '../helpers/sharkd.ts';
import {differenceNames, judge} from './tshark/expected.ts';
import {type Mark, sentBy} from './tshark/marks.ts';
import {type JudgeRun, judgeRuns} from './tshark/runs.ts';

const missing = sharkdMissing();
if (missing) console.log(`tshark judge skipped: ${missing}`);
const judged = missing ? describe.skip : describe;
type Tally = {
  readonly agreed: Map<Mark, number>;
  readonly explained: Map<string, number>;
  readonly wrong: string[];
};

const count = <K>(counts: Map<K, number>, key: K): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

/** They see a packet come and go: to tshark every one is sent twice. */
const routersOf = (trace: JudgeRun['trace']): ReadonlySet<string> => {
  const routers = new Set<string>();
  for (const event of trace.events()) if (event.kind === 'send' && event.hop > 0) routers.add(event.host);
  return routers;
};

const judgeRun = async (sharkd: Sharkd, {name, trace}: JudgeRun, tally: Tally): Promise<void> => {
  // What breaks TCP on purpose has no reasons that tshark could know.
  if (trace.header.notTcp) return;
  const routers = routersOf(trace);
  for (const {name: host} of trace.header.hosts.filter((each) => !routers.has(each.name))) {
    for (const sent of await sentBy(sharkd, trace, host)) {
      const {agreed, explained, unexplained} = judge(sent);
      for (const mark of agreed) count(tally.agreed, mark);
      for (const each of explained) count(tally.explained, each);
      const {frame, packet, because, retransmission} = sent.event;
      const what = `${name}, ${host}, packet ${packet}, ${frame ? summaryOf(frame) : ''}`;
      const reason = `${because}${retransmission ? ', again' : ''}`;
      tally.wrong.push(...unexplained.map((each) => `${what} (${reason}): ${each}`));
    }
  }
};

judged('tshark', () => {
  test('marks the packets that our reasons name', {timeout: 300_000}, async () => {
    const tally: Tally = {agreed: new Map(), explained: new Map(), wrong: []};
    const sharkd = await Sharkd.start();
    for (const each of judgeRuns()) await judgeRun(sharkd, each, tally);
    sharkd.stop();
    for (const [mark, times] of tally.agreed) console.log(`agreed: ${times} × ${mark}`);
    for (const [name, times] of tally.explained) console.log(`${times} × ${name}`);
    expect(tally.wrong.slice(0, 20)).toEqual([]);
    // A mark that never came was not judged; a difference that never came explains nothing.
    const marks: readonly Mark[] = [
      'retransmission',
      'duplicate_ack',
      'zero_window',
      'window_update',
      'keep_alive',
    ];
    expect(marks.filter((mark) => !tally.agreed.has(mark))).toEqual([]);
    // Some differences come in few lessons, and a part of these is judged but in `npm run test:long`.
    if (inject('tier') === 'long')
      expect(differenceNames.filter((name) => !tally.explained.has(name))).toEqual([]);
  });
});
