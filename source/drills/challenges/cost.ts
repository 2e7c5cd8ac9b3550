// Generated challenges of the sort `cost`: lose the packet, or change the setting, that costs most or least time. The best one is found by
// trying all in the simulator. Any other change with the same result solves the challenge, too.
import type {Text} from '../../lesson/text.ts';
import {worded} from '../../lesson/text.ts';
import {
  cheapLoss,
  dearLoss,
  freeLoss,
  halfTime,
  leastRoom,
  longGoodbye,
} from '../../words/catalogue/drills-cost.ts';
import {type Draw, drawPair, openingCalls, type Pair, pairTopology, timeOf} from './draw.ts';
import {type Drill, drawn, type Ground} from './drill.ts';
import {latestAnswer} from './names.ts';
import {extremes, Stage, worthwhile} from './stage.ts';

const received = 'time({enters: FIN-WAIT-1, host: client})';

/**
 * Returns the topology and the calls of a run in which the client fetches a file from the server in segments of 1000 bytes, and how many
 * segments it takes.
 */
const download = (
  draw: Draw,
  pair: Pair,
  [least, most]: readonly [number, number],
  parts: Parameters<typeof pairTopology>[1] = {},
): {readonly segments: number; readonly ground: Ground} => {
  const segments = draw.whole(least, most);
  const bytes = segments * 1000 - draw.whole(0, 900, 100);
  const {client = {}, server = {}, path = {}} = parts;
  return {
    segments,
    ground: {
      topology: pairTopology(pair, {
        client: {...client, tcp: {mss: 1000, ...Object(client['tcp'])}},
        server: {...server, tcp: {mss: 1000, ...Object(server['tcp'])}},
        path,
      }),
      script: [
        ...openingCalls(pair),
        {on: {host: 'client', event: 'connected'}, call: 'send', bytes: 100},
        {on: {host: 'server', event: 'received', bytes: 100}, call: 'send', bytes},
        {on: {host: 'client', event: 'received', bytes}, call: 'close'},
        {on: {host: 'server', event: 'eof'}, call: 'close'},
      ],
    },
  };
};

const oneLost = 'count({drops: any, carries: data}) == 1';

/**
 * Draws a download and returns the loss of one data segment that delays its end least and most, with the topology and the values for the
 * sentences; undefined if all losses cost about the same.
 */
const losing = (draw: Draw, sizes: readonly [number, number], best: 'cheap' | 'dear') => {
  const pair = drawPair(draw);
  const {segments, ground} = download(draw, pair, sizes);
  const stage = new Stage(ground);
  const found = extremes(stage.losses(received, (packet) => stage.carriesData(packet)));
  if (!found) return undefined;
  const {ms, packet} = found[best];
  const facts = {
    ...pair.facts,
    ...{segments, best: timeOf(ms), packet: `${packet}`, took: `{${received}}`},
  };
  return {...found, facts, ground};
};

/** The part of a challenge's lesson file that is the same when the learner has to find the dearest and the cheapest lost segment. */
const oneLossTask = {
  level: 2,
  goal: {enters: 'FIN-WAIT-1', host: 'client'},
  offer: ['drop'],
  uses: {drop: 1},
  lesson: 'loss-recovery',
} as const;

/** A generated challenge: lose the one data segment whose loss delays the end of a download most. */
const dearest: Drill = (draw) => {
  const found = losing(draw, [4, 14], 'dear');
  if (!found) return undefined;
  const {cheap, dear, facts, ground} = found;
  return drawn(dearLoss, facts, ground, {
    ...oneLossTask,
    holds: [
      {that: oneLost, say: worded(dearLoss.data, facts)},
      {that: `${received} >= ${Math.floor(dear.ms)}ms`, say: worded(dearLoss.late, facts)},
    ],
    solution: [dear.change],
    misses: [
      {changes: [cheap.change], when: oneLost, say: worded(dearLoss.cheaper, facts)},
      {changes: ['drop@packet=1'], when: 'count({drops: any}) == 1', say: worded(dearLoss.noData, facts)},
    ],
  });
};

/** A generated challenge: lose the one data segment whose loss delays the end of a download least. */
const cheapest: Drill = (draw) => {
  const found = losing(draw, [5, 15], 'cheap');
  if (!found) return undefined;
  const {cheap, dear, facts, ground} = found;
  return drawn(cheapLoss, facts, ground, {
    ...oneLossTask,
    holds: [
      {that: oneLost, say: worded(cheapLoss.data, facts)},
      {that: `${received} <= ${Math.ceil(cheap.ms)}ms`, say: worded(cheapLoss.soon, facts)},
    ],
    solution: [cheap.change],
    misses: [{changes: [dear.change], when: oneLost, say: worded(cheapLoss.dearer, facts)}],
  });
};

/** A generated challenge: lose a packet of a download such that the download ends no later. */
const forFree: Drill = (draw) => {
  const pair = drawPair(draw);
  const {segments, ground} = download(draw, pair, [6, 16]);
  const stage = new Stage(ground);
  const whole = stage.value(received, []) ?? 0;
  const done = 'count({enters: FIN-WAIT-1, host: client}) > 0';
  // A packet that is lost after the client has received the last byte cannot delay the download, so it does not count as a solution.
  const lost = `time({drops: any}) < ${received}`;
  const all = stage.losses(received, (packet) => !stage.carriesData(packet));
  const dear = all.findLast(({ms}) => ms > whole + worthwhile);
  const [first, ...others] = all.filter(
    ({change, ms}) => ms <= whole && (stage.value('time({drops: any})', [change]) ?? ms) < ms,
  );
  if (!first || !dear) return undefined;
  const free = draw.pick(first, ...others);
  const facts = {
    ...pair.facts,
    segments,
    best: timeOf(whole),
    packet: `${free.packet}`,
    took: `{${received}}`,
  };
  return drawn(freeLoss, facts, ground, {
    level: 2,
    goal: {enters: 'FIN-WAIT-1', host: 'client'},
    holds: [
      {that: lost, say: worded(freeLoss.before, facts)},
      {that: `${received} <= ${Math.ceil(whole)}ms`, say: worded(freeLoss.soon, facts)},
    ],
    offer: ['drop'],
    uses: {drop: 1},
    solution: [free.change],
    misses: [
      {
        changes: [dear.change],
        when: `${done} && ${received} > ${Math.ceil(whole)}ms`,
        say: worded(freeLoss.dear, facts),
      },
    ],
    lesson: 'data-transfer',
  });
};

/** A generated challenge: lose one packet of a connection's close so that the server keeps its connection longest. */
const goodbye: Drill = (draw) => {
  const pair = drawPair(draw, {least: 20, most: 150});
  const closes = draw.whole(500, 2000, 100) + 4 * pair.delayMs;
  const thinks = draw.whole(0, 300, 50);
  const ground = {
    topology: pairTopology(pair),
    script: [
      ...openingCalls(pair),
      {on: {host: 'client', event: 'connected'}, call: 'send', bytes: draw.whole(50, 900, 50)},
      {at: `${closes}ms`, host: 'client', call: 'close'},
      {on: {host: 'server', event: 'eof'}, after: `${thinks}ms`, call: 'close'},
    ],
  };
  const gone = 'time({enters: CLOSED, host: server})';
  const fin = (packet: number): boolean => packet > 5;
  const stage = new Stage(ground);
  const found = extremes(stage.losses(gone, fin));
  if (!found) return undefined;
  const {cheap, dear} = found;
  const facts = {
    ...pair.facts,
    closes: timeOf(closes),
    best: timeOf(dear.ms),
    packet: `${dear.packet}`,
    took: `{${gone}}`,
  };
  return drawn(longGoodbye, facts, ground, {
    level: 2,
    goal: {enters: 'CLOSED', host: 'server'},
    holds: [
      {that: `time({drops: any}) >= ${closes}ms`, say: worded(longGoodbye.closing, facts)},
      {that: `${gone} >= ${Math.floor(dear.ms)}ms`, say: worded(longGoodbye.late, facts)},
    ],
    offer: ['drop'],
    uses: {drop: 1},
    solution: [dear.change],
    misses: [
      {
        changes: [cheap.change],
        when: `${gone} < ${Math.floor(dear.ms)}ms`,
        say: worded(longGoodbye.sooner, facts),
      },
    ],
    lesson: 'teardown',
  });
};

type Limit = {readonly place: string; readonly now: string; readonly better: string};

/**
 * Draws three limits of a download, one of which is used: the client's receive buffer, the server's send buffer, or the link's rate;
 * `better` is the value that removes the limit.
 */
const limits = (draw: Draw): readonly [Limit, ...Limit[]] => [
  {place: 'client.tcp.rcvBuffer', now: `${draw.whole(3, 6)}000`, better: '256KiB'},
  {place: 'server.tcp.sndBuffer', now: `${draw.whole(3, 6)}000`, better: '256KiB'},
  {place: 'path.rate', now: `${draw.whole(200, 400, 20)}kbit`, better: '20Mbit'},
];

/** A generated challenge: find the one setting that makes a download at least twice as fast. */
const twiceAsFast: Drill = (draw) => {
  const pair = drawPair(draw, {least: 15, most: 60});
  const all = limits(draw);
  const tight = draw.pick(...all);
  const tcp = (host: string, key: string): {readonly tcp?: object} =>
    tight.place === `${host}.tcp.${key}` ? {tcp: {[key]: Number(tight.now)}} : {};
  const {ground, segments} = download(draw, pair, [40, 70], {
    client: tight.place === all[0].place ? tcp('client', 'rcvBuffer') : {tcp: {rcvBuffer: 60_000}},
    server: tcp('server', 'sndBuffer'),
    path: {rate: tight.place === 'path.rate' ? tight.now : '20Mbit'},
  });
  const stage = new Stage(ground);
  const slow = stage.value(received, []) ?? 0;
  const half = Math.floor(slow / 2);
  const better = (place: string): string =>
    `${place}=${all.find((each) => each.place === place)?.better ?? ''}`;
  const [one, ...others] = all.filter(({place}) => place !== tight.place).map(({place}) => better(place));
  const isSolved = (change: string): boolean => (stage.value(received, [change]) ?? slow) <= half;
  const [second] = others;
  if (slow === 0 || one === undefined || second === undefined || !isSolved(better(tight.place)))
    return undefined;
  if (isSolved(one) || isSolved(second)) return undefined;
  const change = better(tight.place);
  const reason = {
    rcvBuffer: halfTime.reasons.window,
    sndBuffer: halfTime.reasons.sender,
    rate: halfTime.reasons.link,
  };
  const why: Text =
    tight.place === 'path.rate'
      ? reason.rate
      : tight.place.endsWith('sndBuffer')
        ? reason.sndBuffer
        : reason.rcvBuffer;
  const facts = {
    ...pair.facts,
    slow: timeOf(slow),
    half: timeOf(half),
    segments,
    why,
    change,
    took: `{${received}}`,
  };
  return drawn(halfTime, facts, ground, {
    level: 2,
    goal: {enters: 'FIN-WAIT-1', host: 'client'},
    holds: [{that: `${received} <= ${half}ms`, say: worded(halfTime.soon, facts)}],
    offer: [...all.map(({place}) => place), 'server.tcp.initialWindow', 'client.tcp.delayedAck'],
    most: 1,
    solution: [change],
    misses: [{changes: [one], when: `${received} > ${half}ms`, say: worded(halfTime.still, facts)}],
    lesson: 'sliding-window',
  });
};

/** A generated challenge: find the smallest receive buffer with which a download is as fast as with 64,000 bytes. */
const smallestRoom: Drill = (draw) => {
  const pair = drawPair(draw, {least: 20, most: 120});
  const {segments, ground} = download(draw, pair, [12, 36]);
  const stage = new Stage(ground);
  const set = (size: number): string => `client.tcp.rcvBuffer=${size}`;
  const time = (size: number): number =>
    Math.floor(stage.value(received, [set(size)]) ?? Number.MAX_SAFE_INTEGER);
  const [large, step] = [64_000, 1000];
  const best = time(large);
  let [low, high] = [1, large / step];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (time(middle * step) <= best) high = middle;
    else low = middle + 1;
  }
  const [room, less] = [low * step, (low - 1) * step];
  if (less < 2000 || time(room) > best || time(less) <= best) return undefined;
  const first = 'at({enters: ESTABLISHED, host: client}).client.rcv.wnd';
  const facts = {
    ...pair.facts,
    ...{segments, room: `${room}`, best: timeOf(best + 1), change: set(room), took: `{${received}}`},
  };
  return drawn(leastRoom, facts, ground, {
    level: 3,
    goal: {enters: 'FIN-WAIT-1', host: 'client'},
    holds: [
      {that: `${first} <= ${room}`, say: worded(leastRoom.small, facts)},
      {that: `${received} <= ${best + 1}ms`, say: worded(leastRoom.soon, facts)},
    ],
    offer: ['client.tcp.rcvBuffer'],
    most: 1,
    solution: [set(room)],
    misses: [
      {changes: [set(less)], when: `${received} > ${best + 1}ms`, say: worded(leastRoom.tooSmall, facts)},
      {changes: [set(room + 4000)], when: `${first} > ${room}`, say: worded(leastRoom.tooLarge, facts)},
    ],
    lesson: 'sliding-window',
  });
};

export const costDrills: readonly [Drill, ...Drill[]] = [
  dearest,
  latestAnswer,
  twiceAsFast,
  cheapest,
  goodbye,
  smallestRoom,
  forFree,
];
