// The numbers of *Why?* are those of the very event that it speaks of: each formula of each sending in the lessons is held against
// what the packets alone say by then. Nothing here asks the connection, or the formulas' own arithmetic.
import {expect, test} from 'vitest';
import {loadData} from '../../source/lesson/load-data.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';
import {viewOf} from '../../source/view/view.ts';
import {whyOf} from '../../source/view/why/scene-why.ts';
import {segmentIn} from '../../source/wire/frame.ts';
import {hasFlag, segLen, type TcpSegment} from '../../source/wire/tcp.ts';
import {allRuns, type LessonRun, traceOf} from '../helpers/all-runs.ts';
import {dataFile} from '../helpers/data-file.ts';
import {some} from '../helpers/seeds.ts';
import {open, started} from './player.ts';

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

type Known = {readonly [symbol: string]: number};

const ahead = (a: number, b: number): boolean => ((a - b) | 0) > 0;
const later = (a: number | undefined, b: number): number => (a === undefined || ahead(b, a) ? b : a);

type Way = {readonly segment: TcpSegment; readonly own: string};

/** Of a segment that leaves its host or reaches it, and whose ends it is between, as that host sees them. */
const wayOf = (trace: Trace, event: TraceEvent): Way | undefined => {
  if ((event.kind !== 'send' && event.kind !== 'arrive') || event.packet < 1) return undefined;
  const {frame} = event.kind === 'send' ? event : trace.packet(event.packet);
  const segment = frame && segmentIn(frame);
  if (frame?.payload.kind !== 'ip' || !segment) return undefined;
  const {src, dst} = frame.payload.packet;
  const ends = [`${src} ${segment.srcPort}`, `${dst} ${segment.dstPort}`];
  return {segment, own: [event.host, ...(event.kind === 'send' ? ends : ends.reverse())].join(', ')};
};

/** By event of a sending: how far its sender has sent by then, and what it says to have got. */
const saidByPackets = (trace: Trace): ReadonlyMap<number, Known> => {
  const said = new Map<number, Known>();
  const sent = new Map<string, number>();
  const acked = new Map<string, number>();
  for (const event of trace.events()) {
    const way = wayOf(trace, event);
    if (!way) continue;
    const {segment, own} = way;
    const nxt = sent.get(own);
    if (hasFlag(segment, 'SYN')) acked.delete(own);
    // What acknowledges more than was sent is not believed, nor is a reset.
    if (event.kind === 'arrive' && nxt !== undefined && hasFlag(segment, 'ACK') && !hasFlag(segment, 'RST'))
      if (!ahead(segment.ack, nxt)) acked.set(own, later(acked.get(own), segment.ack));
    if (event.kind !== 'send' || event.hop > 0 || event.connection === undefined) continue;
    // A probe does not count as sent (RFC 9293 §3.8.6.1), a reset may have any number.
    const end = (segment.seq + segLen(segment)) >>> 0;
    if (hasFlag(segment, 'SYN') && !event.retransmission) sent.delete(own);
    if (!hasFlag(segment, 'RST') && !event.because?.includes('/probe'))
      sent.set(own, later(sent.get(own), end));
    const [newest, una] = [sent.get(own), acked.get(own)];
    said.set(event.n, {
      ...(newest === undefined ? {} : {"snd.nxt'": newest}),
      ...(una === undefined ? {} : {"snd.una'": una}),
      ...(hasFlag(segment, 'ACK') && !hasFlag(segment, 'RST') ? {"rcv.nxt'": segment.ack} : {}),
    });
  }
  return said;
};

const plain = (formula: string): string => formula.replaceAll(/['\s]/g, '');

/** By symbol, the numbers beneath: `snd.nxt'` for what SND.NXT is afterwards. */
const shown = (because: string, [symbols = '', numbers]: readonly string[]): readonly [string, string][] => {
  const formula = rules.get(because)?.formula?.find((each) => plain(each) === plain(symbols));
  const tokens = formula?.trim().split(/\s+/) ?? [];
  const values = numbers?.trim().split(/\s{2,}/) ?? [];
  return tokens.length === values.length ? tokens.map((token, index) => [token, values[index] ?? '']) : [];
};

/** A rule's first times in a run, and wherever more leaves in the same instant. */
const timesEach = 2;

const isWorthAsking = (trace: Trace, event: TraceEvent, times: Map<string, number>): boolean => {
  const {because = '', n, instant, host} = event;
  const count = (times.get(because) ?? 0) + 1;
  times.set(because, count);
  const rest = [...trace.events(n + 1, n + 40)].filter((each) => each.instant === instant);
  return count <= timesEach || rest.some((each) => each.kind === 'send' && each.host === host);
};

const compared = {count: 0};

const wrongIn = (one: LessonRun): readonly string[] => {
  const trace = traceOf(one);
  // Whoever alters segments makes the two ends believe different things.
  if ([...trace.events()].some((event) => event.kind === 'arrive' && event.altered)) return [];
  const opened = open({trace, rule: (id) => rules.get(id)});
  const times = new Map<string, number>();
  return [...saidByPackets(trace)].flatMap(([n, said]) => {
    const event = trace.event(n);
    const {because} = event;
    if (because === undefined || !rules.get(because)?.formula || !isWorthAsking(trace, event, times))
      return [];
    const playback = started({viewMs: opened.pacing.viewMs.at(n) ?? 0});
    const why = whyOf(viewOf({...opened, playback, message: undefined}), n);
    return why.formulas.flatMap((lines) =>
      shown(because, lines).flatMap(([symbol, value]) => {
        const expected = said[symbol];
        if (expected === undefined) return [];
        compared.count++;
        return value === `${expected}`
          ? []
          : [`${one.name}, event ${n}, ${because}: ${symbol} ${value}, not ${expected}`];
      }),
    );
  });
};

test('each formula of a sending has the numbers of that sending', () => {
  expect(some(allRuns(), 40).flatMap(wrongIn)).toEqual([]);
  expect(compared.count).toBeGreaterThan(100);
}, 300_000);

test('where an arrival alone moves cwnd, nobody says that no number changes', () => {
  const moved = allRuns()
    .filter(({name}) => name.startsWith('congestion'))
    .flatMap((one) => {
      const trace = traceOf(one);
      const opened = open({trace, rule: (id) => rules.get(id)});
      const cwndsAt = (n: number, host: string) =>
        [...(trace.stateAt(n)?.hosts[host]?.tcp.connections ?? [])].map(([, {cwnd}]) => cwnd).join();
      return [...trace.events()].flatMap(({kind, n, host, instant}) => {
        const alone = n < trace.length && instant !== trace.event(n + 1).instant;
        if (kind !== 'arrive' || !alone || cwndsAt(n - 1, host) === cwndsAt(n, host)) return [];
        const playback = started({viewMs: opened.pacing.viewMs.at(n) ?? 0});
        return whyOf(viewOf({...opened, playback, message: undefined}), n).paragraphs;
      });
    });
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.filter((text) => !text.includes('cwnd'))).toEqual([]);
}, 300_000);
