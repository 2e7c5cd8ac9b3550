// Generated challenges of the sort `make`: the learner has to bring about an event that seldom happens.
import {worded} from '../../lesson/text.ts';
import {
  bothSilent,
  closesLast,
  crossing,
  halfDone,
  manySyns,
  twiceSent,
} from '../../words/catalogue/drills-make.ts';
import {drawPair, openingCalls, pairTopology, timeOf} from './draw.ts';
import {type Drill, drawn} from './drill.ts';
import {cacheWrong} from './names.ts';

const drops = (first: number, count: number): readonly string[] =>
  Array.from({length: count}, (_, index) => `drop@packet=${first + index}`);

/** A generated challenge: lose SYNs so that the client sends exactly so many, while the server sends its SYN,ACK only once. */
const synsLost: Drill = (draw) => {
  const pair = drawPair(draw);
  const count = draw.whole(2, 4);
  const rtoMs = draw.whole(500, 3000, 250);
  const facts = {...pair.facts, count, lost: count - 1, rto: timeOf(rtoMs)};
  const ground = {
    topology: pairTopology(pair, {client: {tcp: {initialRto: `${rtoMs}ms`}}}),
    script: openingCalls(pair),
  };
  return drawn(manySyns, facts, ground, {
    level: 1,
    goal: {enters: 'ESTABLISHED', host: 'server'},
    holds: [
      {that: `count({sends: client, flags: [SYN]}) == ${count}`, say: worded(manySyns.syns, facts)},
      {that: 'count({sends: server, flags: [SYN, ACK]}) == 1', say: worded(manySyns.answers, facts)},
    ],
    offer: ['drop'],
    solution: drops(1, count - 1),
    misses: [
      {
        changes: [...drops(1, count - 2), `drop@packet=${count}`],
        when: 'count({sends: server, flags: [SYN, ACK]}) > 1',
        say: worded(manySyns.answerLost, facts),
      },
      {
        changes: drops(1, count),
        when: `count({sends: client, flags: [SYN]}) > ${count}`,
        say: worded(manySyns.tooMany, facts),
      },
    ],
    lesson: 'handshake-loss',
  });
};

/**
 * A generated challenge: keep the server in SYN-RECEIVED for some seconds. A late ACK alone does not do it, because the server retransmits
 * its SYN,ACK.
 */
const receivedLong: Drill = (draw) => {
  const pair = drawPair(draw);
  const seconds = draw.whole(3, 30);
  const facts = {...pair.facts, time: `${seconds} s`, late: `${seconds + 1} s`};
  const lasted = 'time({enters: ESTABLISHED, host: server}) - time({enters: SYN-RECEIVED, host: server})';
  return drawn(
    halfDone,
    facts,
    {topology: pairTopology(pair), script: openingCalls(pair)},
    {
      level: 1,
      goal: {enters: 'ESTABLISHED', host: 'server'},
      holds: [{that: `${lasted} >= ${seconds}s`, say: worded(halfDone.lasts, facts)}],
      offer: ['drop', 'delay', 'server.tcp.initialRto'],
      solution: ['drop@packet=3', `server.tcp.initialRto=${seconds}s`],
      misses: [
        {
          changes: [`delay=${seconds + 1}s@packet=3`],
          when: 'count({sends: server, flags: [SYN, ACK]}) > 1',
          say: worded(halfDone.sentAgain, {...facts, lasted: `{${lasted}}`}),
        },
        {
          changes: [`server.tcp.initialRto=${seconds}s`],
          when: 'count({sends: server, flags: [SYN, ACK]}) == 1',
          say: worded(halfDone.arrived, {...facts, lasted: `{${lasted}}`}),
        },
      ],
      lesson: 'handshake-loss',
    },
  );
};

/** A generated challenge: make both ends send a FIN before either has the other's. */
const finsCross: Drill = (draw) => {
  const pair = drawPair(draw, {least: 20, most: 200});
  const {delayMs} = pair;
  const closes = draw.whole(500, 4000, 100);
  const meanwhile = closes + Math.floor(delayMs / 2);
  const facts = {...pair.facts, closes: timeOf(closes), meanwhile: timeOf(meanwhile)};
  const ground = {
    topology: pairTopology(pair),
    script: [
      ...openingCalls(pair),
      {on: {host: 'client', event: 'connected'}, call: 'send', bytes: draw.whole(50, 900, 10)},
      {at: `${closes}ms`, host: 'client', call: 'close'},
      {on: {host: 'server', event: 'eof'}, after: '100ms', call: 'close'},
    ],
  };
  return drawn(crossing, facts, ground, {
    level: 2,
    goal: {enters: 'CLOSING', host: 'server'},
    offer: ['close', 'shutdown', 'delay'],
    solution: [`call=close@host=server,at=${meanwhile}ms`],
    misses: [
      {
        changes: [`call=close@host=server,at=${closes - delayMs - 20}ms`],
        when: 'count({enters: CLOSE-WAIT, host: client}) > 0',
        say: worded(crossing.early, facts),
      },
      {
        changes: [`call=close@host=server,at=${closes + delayMs + 20}ms`],
        when: 'count({enters: CLOSE-WAIT, host: server}) > 0',
        say: worded(crossing.late, facts),
      },
    ],
    lesson: 'simultaneous-close',
  });
};

/** A generated challenge: make the server, not the client, the end that enters TIME-WAIT. */
const serverWaits: Drill = (draw) => {
  const pair = drawPair(draw, {least: 20, most: 200});
  const {delayMs} = pair;
  const closes = draw.whole(800, 5000, 100);
  const before = closes - delayMs - draw.whole(50, 200, 10);
  const facts = {...pair.facts, closes: timeOf(closes), before: timeOf(before)};
  const ground = {
    topology: pairTopology(pair),
    script: [
      ...openingCalls(pair),
      {at: `${closes}ms`, host: 'client', call: 'close'},
      {on: {host: 'server', event: 'eof'}, call: 'close'},
    ],
  };
  return drawn(closesLast, facts, ground, {
    level: 2,
    goal: {enters: 'TIME-WAIT', host: 'server'},
    holds: [{that: 'count({enters: TIME-WAIT, host: client}) == 0', say: worded(closesLast.spared, facts)}],
    offer: ['close', 'drop', 'delay'],
    solution: [`call=close@host=server,at=${before}ms`],
    misses: [
      {
        changes: [`call=close@host=server,at=${closes}ms`],
        when: 'count({enters: CLOSING, host: server}) > 0',
        say: worded(closesLast.crossed, facts),
      },
      {
        changes: [`call=close@host=server,at=${closes + delayMs + 20}ms`],
        when: 'count({enters: CLOSE-WAIT, host: server}) > 0',
        say: worded(closesLast.second, facts),
      },
    ],
    lesson: 'time-wait',
  });
};

/** A generated challenge: fill the receiver's window until the sender's persist timer runs. */
const windowShut: Drill = (draw) => {
  const pair = drawPair(draw, {least: 5, most: 60});
  const room = draw.whole(5000, 16_000, 1000);
  const bytes = room - draw.whole(1000, 3000, 500);
  const more = room + draw.whole(2000, 6000, 1000);
  const reads = draw.whole(3000, 9000, 500);
  const facts = {...pair.facts, room: `${room}`, bytes: `${bytes}`, more: `${more}`, reads: timeOf(reads)};
  const ground = {
    topology: pairTopology(pair, {server: {tcp: {rcvBuffer: room, windowScale: 0}}}),
    script: [
      ...openingCalls(pair, {read: 'manual'}),
      {on: {host: 'client', event: 'connected'}, call: 'send', bytes},
      {at: `${reads}ms`, host: 'server', call: 'receive', bytes: 60_000},
    ],
    until: '30s',
  };
  return drawn(bothSilent, facts, ground, {
    level: 2,
    goal: {timer: 'persist', host: 'client'},
    offer: ['client.send.bytes', 'server.receive.at'],
    solution: [`client.send.bytes=${more}`],
    misses: [
      {
        changes: [`server.receive.at=${reads + 2000}ms`],
        when: 'count("tcp.window_size_value == 0 && ip.src == server") == 0',
        say: worded(bothSilent.open, facts),
      },
    ],
    lesson: 'sliding-window',
  });
};

const arrive = (one: string, other: string, comparison: string): string =>
  `count({arrives: ${other}}) ${comparison} count({sends: ${one}})`;

/** A generated challenge: make the client retransmit data although no packet is lost. */
const copiedInVain: Drill = (draw) => {
  const pair = drawPair(draw, {least: 10, most: 150});
  const bytes = draw.whole(40, 1200, 20);
  const sends = draw.whole(300, 1500, 100) + 4 * pair.delayMs;
  const shortMs = draw.whole(5, 25, 5);
  const facts = {...pair.facts, bytes: `${bytes}`, sends: timeOf(sends), held: timeOf(shortMs)};
  const ground = {
    topology: pairTopology(pair),
    script: [...openingCalls(pair), {at: `${sends}ms`, host: 'client', call: 'send', bytes}],
  };
  return drawn(twiceSent, facts, ground, {
    level: 2,
    goal: {sends: 'client', carries: 'data', retransmission: true},
    holds: [
      {
        that: `${arrive('client', 'server', '>=')} && ${arrive('server', 'client', '>=')}`,
        say: worded(twiceSent.whole, facts),
      },
    ],
    offer: ['delay', 'drop', 'dup'],
    most: 1,
    solution: ['delay=2s@packet=5'],
    misses: [
      {
        changes: ['drop@packet=5'],
        when: `${arrive('client', 'server', '<')} || ${arrive('server', 'client', '<')}`,
        say: worded(twiceSent.lost, facts),
      },
      {
        changes: ['dup@packet=4'],
        when: 'count({arrives: server, carries: data}) > count({sends: client, carries: data})',
        say: worded(twiceSent.copied, facts),
      },
      {
        changes: [`delay=${shortMs}ms@packet=5`],
        when: 'count({sends: client, carries: data, retransmission: true}) == 0',
        say: worded(twiceSent.inTime, facts),
      },
    ],
    lesson: 'delayed-ack',
  });
};

export const makeDrills: readonly [Drill, ...Drill[]] = [
  synsLost,
  finsCross,
  receivedLong,
  cacheWrong,
  copiedInVain,
  serverWaits,
  windowShut,
];
