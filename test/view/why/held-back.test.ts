// What a rule holds back, in *Why?*: the rule's own words, then how much and since when.
import {expect, test} from 'vitest';
import {entriesOf, entryAt, instantOf} from '../../../source/account/entries.ts';
import {heldIn} from '../../../source/account/held-back.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {some} from '../../helpers/seeds.ts';
import {act, type Opened, open, sceneOf, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';
import '../../helpers/meaning.ts';

const rules = new Map(sharedData().rules.map((rule) => [rule.id, rule]));

/** What *Why?* says of an event is held back. */
const heldAt = (opened: Opened, event: number, language: 'en' | 'zh'): readonly string[] => {
  const there = act(opened, started({language}), {kind: 'standAt', viewMs: viewMsOf(opened.pacing, event)});
  return sceneOf(opened, {...act(opened, there, {kind: 'toggleWhy'}), why: {event}}).why?.heldBack ?? [];
};

const openRun = (one: ReturnType<typeof allRuns>[number]): Opened =>
  open({trace: traceOf(one), rule: (id) => rules.get(id)});

test('an ACK in ping-pong mode waits for the answer, and is not named twice', () => {
  const [base] = allRuns().filter(({lesson, run}) => lesson.id === 'delayed-ack' && run.name === 'base');
  if (!base) expect.fail('no such lesson');
  const opened = openRun(base);
  const armed = heldIn(opened.trace).find(({what}) => what === 'ack')?.from.after ?? 0;
  const [held, ...others] = heldAt(opened, armed, 'en');
  expect(held).toSay({says: 'panels.whySceneWhySentences.held', what: 'ack', since: '125 ms'});
  expect(others).toEqual([]);
});

test('all that is held back is told in the words of its rule, with no capital behind a colon', () => {
  let seen = 0;
  const runs = allRuns().filter(({lesson}) =>
    ['delayed-ack', 'congestion', 'sliding-window'].includes(lesson.id),
  );
  for (const one of some(runs, 12)) {
    const opened = openRun(one);
    for (const {what, from} of heldIn(opened.trace)) {
      if (what === 'segment') continue;
      for (const text of heldAt(opened, from.after, 'en')) {
        seen += 1;
        expect(text, one.name).toSay({says: 'panels.whySceneWhySentences.held'});
        expect(text, one.name).not.toMatch(/ACK.*: .*ACK/);
      }
    }
  }
  expect(seen).toBeGreaterThan(5);
}, 60_000);

// The server’s program writes 100000 bytes at once, so what waits after a packet is what lies beyond its last byte. RFC 5681 §3.1: cwnd
// holds back nothing behind a packet that another one follows at once.
test('what waits is told after the last packet of a burst, and behind the others nothing is', () => {
  const one = allRuns().find(({name}) => name === 'your-capture what-if 2') ?? expect.fail('no such run');
  const opened = openRun(one);
  const {trace} = opened;
  const dataOf = (event: TraceEvent) => {
    const segment = event.kind === 'send' ? segmentOf(packetOf(trace, event.packet)) : undefined;
    return event.host === 'server' && segment && segment.payload.length > 0 ? segment : undefined;
  };
  const first = [...entriesOf(trace, 'send')].map(dataOf).find((data) => data !== undefined)?.seq ?? 0;
  let [ends, inside] = [0, 0];
  for (const {n, packet} of [...entriesOf(trace, 'send')].slice(0, 80)) {
    const sent = instantOf(trace, n).filter((each) => dataOf(each));
    const data = dataOf(entryAt(trace, n));
    if (!data) continue;
    const told = heldAt(opened, n, 'en');
    if (sent.at(-1)?.n !== n) {
      inside += 1;
      expect(told).toEqual([]);
    } else if (told.length > 0) {
      ends += 1;
      const left = first + 100_000 - (data.seq + data.payload.length);
      expect(told.join()).toContain(`; ${left} B are still waiting after packet ${packet})`);
    }
  }
  expect(ends).toBeGreaterThan(3);
  expect(inside).toBeGreaterThan(3);
});

// Linux counts cwnd in segments (tcp_cwnd_test): ten of 50 bytes fill what ten of 1460 would. Oracle: the bytes and the segments of the run in flight.
test('where segments fill cwnd and their bytes do not, their number is told', () => {
  const one = allRuns().find(({name}) => name === 'data-transfer what-if 2') ?? expect.fail('no such run');
  const opened = openRun(one);
  const full = heldIn(opened.trace).find(({because}) => because === '5681:3.1/cwnd/full');
  if (!full?.connection) expect.fail('nothing is held');
  const calls = [...entriesOf(opened.trace, 'call')].filter(
    ({n, call}) =>
      call === 'send' && n > full.from.after && n < (full.until?.after ?? Number.POSITIVE_INFINITY),
  );
  expect(calls.length).toBeGreaterThan(0);
  for (const {n} of calls) {
    const tcb = opened.trace.stateAt(n)?.hosts[full.host]?.tcp.connections.get(full.connection);
    const away = tcb?.retransmissionQueue.length ?? 0;
    expect(away * (tcb?.mss ?? 0)).toBe(tcb?.cwnd);
    expect(heldAt(opened, n, 'en').join()).toSay({says: 'panels.whySceneWhySentences.held', segments: away});
    expect(heldAt(opened, n, 'zh').join()).toContain(`按报文段计，已有 ${away} 个在途`);
  }
  const bulk = openRun(allRuns().find(({name}) => name === 'congestion base') ?? expect.fail('no such run'));
  const other = heldIn(bulk.trace).find(({because}) => because === '5681:3.1/cwnd/full');
  expect(heldAt(bulk, other?.from.after ?? 0, 'en').join()).not.toContain('counts segments');
});

// Raw events: packets 154 and 155 leave in that instant behind event 383, an ACK of new data, in the room that it makes in cwnd.
test('cwnd is not called full before what it has room for leaves', () => {
  const one = allRuns().find(({name}) => name === 'congestion intact') ?? expect.fail('no such run');
  const opened = openRun(one);
  const restarted = entryAt(opened.trace, 383);
  expect(restarted).toMatchObject({kind: 'timer', atUs: 400_000});
  expect(heldAt(opened, restarted.n, 'en')).toEqual([]);
  const last = instantOf(opened.trace, restarted.n).findLast(({kind}) => kind === 'send');
  expect(heldAt(opened, last?.n ?? 0, 'en').join()).toSay({
    ...{says: 'panels.whySceneWhySentences.held', what: 'data', bytes: 118000, after: 155, since: '100 ms'},
    step: 'cwnd is full',
  });
});
