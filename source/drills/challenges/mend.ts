// Generated challenges of the sort `mend`: a connection or a lookup fails or takes too long, and one change mends it.
import {worded} from '../../lesson/text.ts';
import {
  blockedPort,
  forgetfulRouter,
  fullQueue,
  givenUp,
  leftOpen,
  smallRoom,
  wrongPort,
} from '../../words/catalogue/drills-mend.ts';
import {type Draw, drawPair, openingCalls, type Pair, pairTopology, timeOf} from './draw.ts';
import {type Drill, drawn} from './drill.ts';
import {resolverDead} from './names.ts';
import {Stage} from './stage.ts';

const established = {enters: 'ESTABLISHED', host: 'client'};

/** A generated challenge: the client connects to one port, the server's program listens on another. */
const portsDiffer: Drill = (draw) => {
  const pair = drawPair(draw);
  const heard = pair.port + draw.pick(1, 10, 100, 1000, 8000);
  const facts = {...pair.facts, port: `${pair.port}`, heard: `${heard}`};
  const ground = {topology: pairTopology(pair), script: openingCalls(pair, {port: heard})};
  return drawn(wrongPort, facts, ground, {
    level: 1,
    goal: established,
    offer: ['server.listen.port', 'client.connect.to', 'client.tcp.synRetries', 'server.tcp.backlog'],
    most: 1,
    solution: [`server.listen.port=${pair.port}`],
    misses: [
      {
        changes: [`client.tcp.synRetries=${draw.whole(7, 20)}`],
        when: 'count({sends: server, flags: [RST, ACK]}) >= 1',
        say: worded(wrongPort.refused, facts),
      },
    ],
    lesson: 'refused',
  });
};

/** A generated challenge: the network loses the first SYNs, and the client gives up before one would get through. */
const givesUp: Drill = (draw) => {
  const pair = drawPair(draw);
  const lost = draw.whole(2, 4);
  const retries = lost - 1;
  const rtoMs = draw.whole(500, 2000, 250);
  const facts = {...pair.facts, lost, retries, needed: `${lost}`, rto: timeOf(rtoMs)};
  const ground = {
    topology: pairTopology(pair, {
      client: {tcp: {initialRto: `${rtoMs}ms`, synRetries: retries, synLinearTimeouts: 0}},
    }),
    script: openingCalls(pair),
    runs: {
      base: {
        faults: Array.from({length: lost}, (_, index) => ({
          drop: {from: 'client', flags: ['SYN'], nth: index + 1},
        })),
      },
    },
  };
  return drawn(givenUp, facts, ground, {
    level: 1,
    goal: established,
    offer: ['client.tcp.synRetries', 'client.tcp.initialRto', 'server.tcp.synAckRetries', 'path.delay'],
    most: 1,
    solution: [`client.tcp.synRetries=${lost}`],
    misses: [
      {
        changes: [`client.tcp.initialRto=${rtoMs * 2}ms`],
        when: `count({sends: client, flags: [SYN]}) == ${lost}`,
        say: worded(givenUp.sameCount, facts),
      },
    ],
    lesson: 'handshake-loss',
  });
};

/** Returns the `topology` of a lesson file with a client, a router and a server; the arguments add keys to the router and to the client. */
const routed = (pair: Pair, router: object, one: object = {}): object => ({
  hosts: {
    client: {label: pair.facts.client, ip: '192.0.2.10', iss: 1000, ...one},
    gate: {router: true, ip: {near: '192.0.2.1', far: '198.51.100.1'}, ...router},
    server: {label: pair.facts.server, ip: '198.51.100.20', iss: 9000},
  },
  links: [
    {name: 'near', between: ['client', 'gate'], delay: '2ms'},
    {name: 'far', between: ['gate', 'server'], delay: `${pair.delayMs}ms`},
  ],
});

/** A generated challenge: one of a firewall's rules drops the segments to the server's port and has to be switched off. */
const ruleTooMany: Drill = (draw) => {
  const pair = drawPair(draw);
  const others = [7, 21, 23, 69, 135, 139, 445, 3389].filter((port) => port !== pair.port);
  const count = draw.whole(3, 6);
  const place = draw.whole(1, count);
  const first = draw.whole(0, others.length - 1);
  const ports = Array.from({length: count}, (_, index) =>
    index === place - 1 ? pair.port : (others[(first + index) % others.length] ?? 23),
  );
  const wrong = place === count ? 1 : count;
  const facts = {...pair.facts, port: `${pair.port}`, place: `${place}`};
  const ground = {
    topology: routed(pair, {label: blockedPort.firewall}, {tcp: {synRetries: 3, synLinearTimeouts: 0}}),
    actors: [{firewall: 'gate', rules: ports.map((port) => ({drop: {proto: 'tcp', port}}))}],
    script: openingCalls(pair),
  };
  return drawn(blockedPort, facts, ground, {
    level: 1,
    goal: established,
    offer: ['gate.firewall.*', 'client.tcp.synRetries', 'client.tcp.initialRto'],
    most: 1,
    solution: [`gate.firewall.${place}=off`],
    misses: [
      {
        changes: ['client.tcp.synRetries=10'],
        when: 'count({drops: gate, flags: [SYN]}) > 4',
        say: worded(blockedPort.patient, facts),
      },
      {
        changes: [`gate.firewall.${wrong}=off`],
        when: 'count({drops: gate, flags: [SYN]}) >= 1',
        say: worded(blockedPort.otherRule, facts),
      },
    ],
    lesson: 'handshake-loss',
  });
};

/** A generated challenge: the accept queue of the server's program is full, so the client’s SYN is dropped. */
const queueFull: Drill = (draw) => {
  const pair = drawPair(draw, {least: 10, most: 50});
  const backlog = draw.whole(1, 4);
  const crowd = backlog + 1;
  const asks = 400 + draw.whole(0, 300, 20);
  const facts = {...pair.facts, backlog: `${backlog}`, crowd, needed: `${crowd}`, end: timeOf(asks + 900)};
  const ground = {
    topology: {
      hosts: {
        client: {label: pair.facts.client, ip: '192.0.2.10', iss: 1000},
        crowd: {label: fullQueue.others, ip: '203.0.113.10'},
        r1: {
          ...{label: fullQueue.router, router: true},
          ip: {near: '192.0.2.1', other: '203.0.113.1', far: '198.51.100.1'},
        },
        server: {label: pair.facts.server, ip: '198.51.100.20', iss: 9000},
      },
      links: [
        {name: 'near', between: ['client', 'r1'], delay: '2ms'},
        {name: 'other', between: ['crowd', 'r1'], delay: '5ms'},
        {name: 'far', between: ['r1', 'server'], delay: `${pair.delayMs}ms`},
      ],
    },
    script: [
      {at: '0ms', host: 'server', call: 'listen', port: pair.port, backlog, accept: 'manual'},
      ...Array.from({length: crowd}, (_, index) => ({
        ...{at: `${index * 10}ms`, host: 'crowd', call: 'connect', to: `server:${pair.port}`},
        ...{from: 50001 + index, iss: 2000 + 1000 * index},
      })),
      {at: `${asks}ms`, host: 'client', call: 'connect', to: `server:${pair.port}`, from: 40000},
    ],
    until: `${asks + 900}ms`,
  };
  return drawn(fullQueue, facts, ground, {
    level: 1,
    goal: established,
    offer: [
      'server.listen.backlog',
      'server.tcp.backlog',
      'server.tcp.acceptOverflow',
      'client.tcp.initialRto',
    ],
    most: 1,
    solution: [`server.listen.backlog=${crowd}`],
    misses: [
      {
        changes: ['client.tcp.initialRto=200ms'],
        when: 'count({sends: client, flags: [SYN]}) > 1',
        say: worded(fullQueue.oftener, facts),
      },
      {
        changes: ['server.tcp.backlog=4096'],
        when: 'count({drops: server}) >= 1',
        say: worded(fullQueue.ceiling, facts),
      },
    ],
    lesson: 'accept-queue',
  });
};

/** A generated challenge: the client's receive buffer is smaller than what the path can hold, so a download misses its deadline. */
const roomSmall: Drill = (draw) => {
  const pair = drawPair(draw, {least: 40, most: 150});
  const room = draw.whole(6000, 20_000, 1000);
  const bytes = draw.whole(150_000, 300_000, 10_000);
  const ground = {
    topology: pairTopology(pair, {
      client: {tcp: {rcvBuffer: room}},
      path: {rate: `${draw.pick(50, 100, 200)}Mbit`},
    }),
    script: [
      ...openingCalls(pair),
      {on: {host: 'client', event: 'connected'}, call: 'send', bytes: 100},
      {on: {host: 'server', event: 'received', bytes: 100}, call: 'send', bytes},
      {on: {host: 'client', event: 'received', bytes}, call: 'close'},
    ],
  };
  const done = 'time({enters: FIN-WAIT-1, host: client})';
  const solution = [`client.tcp.rcvBuffer=${draw.pick(512, 1024)}KiB`];
  const stage = new Stage(ground);
  const [slow = 0, quick = 0] = [stage.value(done, []), stage.value(done, solution)];
  const deadline = Math.ceil((quick * 1.3) / 100) * 100;
  if (quick === 0 || slow < deadline * 2) return undefined;
  const facts = {
    ...pair.facts,
    ...{room: `${room}`, bytes: `${bytes}`, slow: timeOf(slow), deadline: timeOf(deadline)},
    place: solution[0] ?? '',
  };
  return drawn(
    smallRoom,
    facts,
    {...ground, until: `${deadline}ms`},
    {
      level: 2,
      goal: {enters: 'FIN-WAIT-1', host: 'client'},
      offer: ['client.tcp.rcvBuffer', 'server.tcp.sndBuffer', 'server.tcp.initialWindow', 'path.rate'],
      most: 1,
      solution,
      misses: [
        {
          changes: ['path.rate=1Gbit'],
          when: `client.rcv.wnd <= ${room}`,
          say: worded(smallRoom.window, facts),
        },
        {
          changes: [`client.tcp.rcvBuffer=${room + 2000}`],
          when: `client.rcv.wnd <= ${room + 2000}`,
          say: worded(smallRoom.larger, facts),
        },
      ],
      lesson: 'sliding-window',
    },
  );
};

/**
 * Draws three times in seconds: `idle`, after which a NAT forgets a silent connection; `quiet`, a longer silence; `probe`, a keep-alive
 * time below `idle`.
 */
const quietTimes = (draw: Draw): {readonly idle: number; readonly quiet: number; readonly probe: number} => {
  const idle = draw.whole(60, 600, 30);
  const probe = draw.whole(20, idle - 10, 10);
  return {idle, quiet: idle + draw.whole(60, 600, 30), probe};
};

/** A generated challenge: a NAT forgets a connection that is silent for too long, until the client sends keep-alive probes in time. */
const natForgets: Drill = (draw) => {
  const pair = drawPair(draw);
  const {idle, quiet, probe} = quietTimes(draw);
  const facts = {...pair.facts, idle: `${idle} s`, quiet: `${quiet} s`, probe: `${probe}s`};
  const ground = {
    topology: routed(
      pair,
      {label: forgetfulRouter.router, ip: {near: '192.0.2.1', far: '203.0.113.5'}},
      {tcp: {keepAlive: {idle: '2h', interval: '75s', probes: 9}}},
    ),
    actors: [{nat: 'gate', idle: `${idle}s`}],
    script: [
      ...openingCalls(pair),
      {on: {host: 'client', event: 'connected'}, call: 'send', bytes: draw.whole(50, 500, 10)},
      {at: `${quiet}s`, host: 'server', call: 'send', bytes: draw.whole(50, 500, 10)},
    ],
    until: `${quiet + 5}s`,
    limit: '30m',
  };
  return drawn(forgetfulRouter, facts, ground, {
    level: 2,
    goal: {delivers: 'client'},
    offer: ['client.tcp.keepAlive.*', 'server.tcp.dataRetries', 'far.delay'],
    most: 1,
    solution: [`client.tcp.keepAlive.idle=${probe}s`],
    misses: [
      {
        changes: [`client.tcp.keepAlive.idle=${idle + 20}s`],
        when: 'client.state == "CLOSED"',
        say: worded(forgetfulRouter.late, facts),
      },
      {
        changes: ['client.tcp.keepAlive.interval=30s'],
        when: 'count({drops: gate}) >= 1',
        say: worded(forgetfulRouter.interval, facts),
      },
    ],
    lesson: 'half-open',
  });
};

/** A generated challenge: the server's program closes its end of each connection only minutes after the client's FIN. */
const leak: Drill = (draw) => {
  const pair = drawPair(draw);
  const visits = draw.whole(2, 4);
  const minutes = draw.whole(10, 50, 5);
  const end = visits + draw.whole(5, 12);
  const names = ['a', 'b', 'c', 'd'].slice(0, visits);
  const bytes = draw.whole(100, 900, 50);
  const facts = {...pair.facts, visits, minutes: `${minutes}`, end: `${end} s`};
  const ground = {
    topology: pairTopology(pair),
    script: [
      {at: '0ms', host: 'server', call: 'listen', port: pair.port},
      ...names.flatMap((as, index) => [
        {
          at: `${index}s`,
          host: 'client',
          call: 'connect',
          to: `server:${pair.port}`,
          from: 40001 + index,
          as,
        },
        {on: {host: 'client', event: 'connected', of: as}, call: 'send', bytes: 100, of: as},
      ]),
      {on: {host: 'server', event: 'received', bytes: 100}, call: 'send', bytes},
      {on: {host: 'client', event: 'received', bytes}, call: 'close'},
      {on: {host: 'server', event: 'eof'}, after: `${minutes}m`, call: 'close'},
    ],
    until: `${end}s`,
  };
  return drawn(leftOpen, facts, ground, {
    level: 2,
    goal: {enters: 'CLOSED', host: 'server', nth: visits},
    offer: ['server.close.after', 'server.tcp.finTimeout', 'server.tcp.timeWait', 'client.tcp.finTimeout'],
    most: 1,
    solution: ['server.close.after=0ms'],
    misses: [
      {
        changes: ['server.tcp.finTimeout=1s'],
        when: 'count({enters: FIN-WAIT-2, host: client}) > 0 && count({enters: LAST-ACK, host: server}) == 0',
        say: worded(leftOpen.timer, facts),
      },
    ],
    lesson: 'why-four',
  });
};

export const mendDrills: readonly [Drill, ...Drill[]] = [
  portsDiffer,
  resolverDead,
  queueFull,
  roomSmall,
  givesUp,
  natForgets,
  ruleTooMany,
  leak,
];
