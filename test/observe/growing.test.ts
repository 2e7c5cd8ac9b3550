// A capture that is looked at while it is made: each look says what reading all of that at once says, whatever the looks before have
// been, and what it promises to share with them it shares.
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {describe, expect, test} from 'vitest';
import {entriesOf} from '../../source/account/entries.ts';
import {httpConnectionsIn} from '../../source/account/http/connections.ts';
import {streamExchangesIn} from '../../source/account/http/stream-exchanges.ts';
import {openedParts} from '../../source/account/opened-parts.ts';
import type {CapturedTrace} from '../../source/observe/capture-trace.ts';
import {connectionsIn} from '../../source/observe/connections.ts';
import {endsAt} from '../../source/observe/observed-ends.ts';
import {tlsSessionsIn} from '../../source/observe/tls-sessions.ts';
import {relativeNumbers} from '../../source/sim/relative.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {changesOf, lastChange, type Pacing, quietCount} from '../../source/view/time/pace.ts';
import {pacing} from '../../source/view/time/pacing.ts';
import type {Item, SharedList} from '../../source/wire/growing-list.ts';
import {parseKeyLog} from '../../source/wire/tls/key-log.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {keyLogOf, keysOf, todayFolder} from '../helpers/captured-today.ts';
import {
  delayed,
  type Frames,
  GrowingCapture,
  interleaved,
  repeated,
  told,
  without,
} from '../helpers/growing.ts';
import {type Chance, chanceOf} from '../helpers/monkey/chance.ts';
import {few, runs, seed, some, thorough} from '../helpers/seeds.ts';
import {canvasOf, open, started, textOf} from '../view/player.ts';
import {captureFiles} from '../wire/captures.ts';

/** What happened, to what, when: what looks share. */
const happenings = (trace: Trace, count: number): readonly unknown[] =>
  [...trace.events(1, count)].map((event) => {
    const {n, atUs, kind, host, instant} = event;
    const way = event.kind === 'send' ? [event.dueUs, event.lost, event.retransmission] : undefined;
    return [n, atUs, kind, host, instant, 'packet' in event ? event.packet : undefined, way];
  });

/** Places to look at, rising, the last one the end. */
const looksAt = (chance: Chance, count: number, most: number): readonly number[] => {
  const places = Array.from({length: chance.below(most)}, () => 1 + chance.below(count));
  return [...new Set([...places, count])].sort((a, b) => a - b);
};

/** At its end. */
const screenOf = (trace: Trace): readonly string[] => {
  const opened = open({trace});
  return textOf(canvasOf(opened, started({viewMs: opened.pacing.durationMs}), {columns: 120, rows: 40}));
};

/** Its lists as arrays, which can be compared. */
const timesIn = (paced: Pacing): unknown => {
  const plain = (list: SharedList<Item>) => list.slice(0);
  const {viewMs, atUs, scaleMs, event, sent, flightMs, stops, gaps, marks, changes, durationMs, moments} =
    paced;
  return [
    ...[viewMs, atUs, scaleMs, event, sent, flightMs, stops, gaps, changes].map(plain),
    ...[Object.values(marks).map(plain), durationMs, moments],
  ];
};

/** What is worked out of all of a trace. */
const workedOut = (trace: CapturedTrace): readonly unknown[] => {
  const {all, carriedBy} = connectionsIn(trace);
  const packets = Array.from({length: trace.packetCount}, (_, index) => index + 1);
  const paced = pacing(trace);
  const hosts = trace.header.hosts.map(({name}) => name);
  return [
    timesIn(paced),
    quietCount(paced),
    hosts.map((host) => trace.connections.map(({id}) => changesOf(paced, host, String(id)))),
    hosts.map((host) => lastChange(paced, host, {n: trace.length + 1, moment: paced.moments})),
    trace.connections.map(({id}) => trace.connectionPackets?.packetsOf(id)),
    trace.connectionPackets?.count,
    [...entriesOf(trace, 'state')].map(({n}) => n),
    all,
    packets.map((id) => carriedBy(id)),
    packets.map((id) => relativeNumbers(trace, id)),
    trace.connections.map(({id}) => endsAt(trace, id, trace.length)),
    httpConnectionsIn(trace),
    streamExchangesIn(trace),
    tlsSessionsIn(trace).map(({connection, ...session}) => [connection.id, session]),
    packets.map((id) => openedParts(trace, id)),
    screenOf(trace),
  ];
};

type Open = (trace: CapturedTrace) => CapturedTrace;

const check = (frames: Frames, chance: Chance, open: Open = (trace) => trace): void =>
  checkAt(frames, looksAt(chance, frames.length, 6), open);

const checkAt = (frames: Frames, looks: readonly number[], open: Open = (trace) => trace): void => {
  const grown = new GrowingCapture(frames);
  let before: Trace | undefined;
  for (const count of looks) {
    const trace = open(grown.upTo(count));
    const whole = open(new GrowingCapture(frames).upTo(count));
    // Nobody reads what else they would print.
    for (const read of [told, workedOut]) {
      const [own, wanted] = [read(trace), read(whole)];
      const other = wanted.findIndex((each, index) => !isDeepStrictEqual(own[index], each));
      expect(other, `after ${count} frames, ${read.name}`).toBe(-1);
    }
    const shared = trace.growth?.unchangedSince(before?.growth?.look ?? 0) ?? 0;
    if (before) expect(happenings(trace, shared)).toEqual(happenings(before, shared));
    before = trace;
  }
};

describe('each look is what reading all of it at once is', () => {
  test.each(some(few(captureFiles, 20), 1))('%s', (name) => check(interleaved([[name, 0]]), chanceOf(seed)));

  const servers = [
    ['21c-h2-priorities-window-updates', 8080],
    ['21g-h2-hpack', 8080],
    ['21i-h2c-upgrade', 8080],
    ['21k-h2-protocol-error', 8080],
    ['25i-http-cors-preflight', 80],
  ] as const;
  thorough.each(servers)('connections at the same time: %s', (name, server) => {
    for (let run = 0; run < runs(3, 1); run++)
      check(repeated(`../captures-today/${name}.pcap`, server, 3, 1000), chanceOf(seed + run));
  });

  thorough('a segment of HTTP/2 that comes late fills the gap that an earlier look has told', () => {
    const inTime = interleaved([['../captures-today/21c-h2-priorities-window-updates.pcap', 0]]);
    const large = inTime.flatMap(({bytes}, index) => (bytes.length > 1000 ? [index] : []));
    for (const late of some(few(large, 3), 1)) {
      const frames = delayed(inTime, late, 8);
      checkAt(frames, [late - 1, late + 1, late + 4, late + 7, late + 8, late + 9, frames.length]);
    }
  });

  test.each(some(['25a-http-gzip-chunked', '25e-http-server-sent-events', '25g-http-smuggling-cl-te'], 1))(
    '%s',
    (name) => {
      const frames = interleaved([[`../captures-today/${name}.pcap`, 0]]);
      for (let run = 0; run < runs(3, 1); run++) check(frames, chanceOf(seed + run));
    },
  );

  test.each(some(['21a-h2-one-stream.pcap', '21e-h2-ping-reset-goaway.pcap', '21m-h2-trailers.pcapng'], 1))(
    'inside TLS, with its secrets: %s',
    (name) => {
      const keys = keysOf(todayFolder + name);
      if (!keys) expect.fail('no secrets');
      const frames = interleaved([[`../captures-today/${name}`, 0]]);
      for (let run = 0; run < runs(3, 1); run++)
        check(frames, chanceOf(seed + run), (trace) => trace.withKeys(keys));
    },
  );

  const logged = [
    '21a-h2-one-stream.pcap',
    '24a-tls13-hybrid-two-segments.pcap',
    '24c-tls13-mutual-resumed.pcap',
    '24e-tls10-tls11.pcap',
    '28g-tls-early-refused.pcap',
  ];
  test.each(some(logged, 1))(
    // The log of keys grows, and a segment comes late or never.
    'inside TLS, log growing: %s',
    (name) => {
      const [keys, file] = [keysOf(todayFolder + name), keyLogOf(todayFolder + name)];
      if (!keys || !file) expect.fail('no secrets');
      const lines = readFileSync(file, 'utf8').split('\n');
      const inTime = interleaved([[`../captures-today/${name}`, 0]]);
      for (let run = 0; run < runs(3, 1); run++) {
        const chance = chanceOf(seed + run);
        const place = chance.below(inTime.length);
        const frames = chance.below(2) ? without(inTime, place) : delayed(inTime, place, 1 + chance.below(6));
        // Some secrets are written before what they open is looked at, some behind that.
        const ahead = chance.below(2 * frames.length);
        // The gap is told at one of these looks, and filled at another.
        const looks = [place - 2, place + 1, place + 2, place + 3, place + 5, place + 8, frames.length];
        const within = looks.filter((count) => count > 0 && count <= frames.length);
        checkAt(frames, within, (trace) => {
          const count = Math.ceil((lines.length * (trace.packetCount + ahead)) / (2 * frames.length));
          const written = lines.slice(0, count).join('\n');
          return trace.withKeys({...keys, log: parseKeyLog(encodeUtf8(written))});
        });
      }
    },
  );

  test('several conversations at the same time', () => {
    for (let run = 0; run < runs(4, 1); run++) {
      const chance = chanceOf(seed + run);
      const files = Array.from({length: 2 + chance.below(4)}, () => {
        return [chance.of(captureFiles), chance.below(2_000_000)] as const;
      });
      check(interleaved(files), chance);
    }
  });
});

/** Asks for events and packets, and frames read again, that a look after ten more frames takes. */
const workAt = (frames: Frames, count: number): number => {
  const grown = new GrowingCapture(frames);
  let asked = 0;
  const look = (end: number): void => {
    const trace = grown.upTo(end);
    const {event, packet} = trace;
    trace.event = (n) => {
      asked += 1;
      return event.call(trace, n);
    };
    trace.packet = (id) => {
      asked += 1;
      return packet.call(trace, id);
    };
    pacing(trace);
    for (const _ of entriesOf(trace, 'drop')) asked += 1;
    connectionsIn(trace);
    relativeNumbers(trace, trace.packetCount);
    endsAt(trace, trace.connections.at(-1)?.id ?? 0, trace.length);
  };
  for (const end of [count - 20, count - 10]) look(end);
  [asked, grown.read] = [0, 0];
  look(count);
  return asked + grown.read;
};

const paces = [
  ['one by one', 200_000_000],
  ['hundreds at once', 1000],
] as const;

thorough.each(paces)('what a look costs does not grow with what was there before: %s', (_, everyUs) => {
  const frames = repeated('01a-client-close-idle.pcap', 7001, 400, everyUs);
  const [few, many] = [workAt(frames, 400), workAt(frames, 4000)];
  expect(few).toBeGreaterThan(10);
  expect(many).toBeLessThan(1.5 * few + 3000);
});
