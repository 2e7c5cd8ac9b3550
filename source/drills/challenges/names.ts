// Generated challenges about DNS: a cache with an outdated record, a dead resolver, a late answer.
import {worded} from '../../lesson/text.ts';
import {slowAnswer} from '../../words/catalogue/drills-cost.ts';
import {staleAnswer} from '../../words/catalogue/drills-make.ts';
import {deadResolver} from '../../words/catalogue/drills-mend.ts';
import {type Draw, drawName, nameServer, timeOf} from './draw.ts';
import {type Drill, drawn, type Ground} from './drill.ts';
import {extremes, Stage} from './stage.ts';

/** Returns the simulation in which a client asks a resolver for a name every 20 s, and the record changes at the name server meanwhile. */
const cacheGround = (
  draw: Draw,
  {host, ttl, changed}: {readonly host: string; readonly ttl: number; readonly changed: number},
): Ground => ({
  topology: {
    hosts: {
      client: {ip: '192.0.2.10'},
      local: {label: staleAnswer.resolver, ip: '192.0.2.53'},
      ns: {label: staleAnswer.authority, ip: '203.0.113.53'},
    },
    links: [
      {name: 'near', between: ['client', 'local'], delay: `${draw.whole(3, 15)}ms`},
      {name: 'far', between: ['local', 'ns'], delay: `${draw.whole(20, 90)}ms`},
    ],
  },
  apps: [
    {host: 'client', dns: {stub: {servers: ['192.0.2.53'], timeout: '5s', attempts: 2, cache: false}}},
    {host: 'local', dns: {recursive: {roots: ['203.0.113.53'], edns: 'off'}}},
    nameServer('ns', host, ttl),
  ],
  script: [
    {
      ...{at: '0ms', host: 'client', call: 'resolve', name: host, type: 'A'},
      repeat: {times: Math.floor(ttl / 20) + 2, every: '20s'},
    },
    {at: `${changed}s`, host: 'ns', call: 'editZone', zone: '.', set: `${host}. ${ttl} A 203.0.113.81`},
  ],
});

/** A generated challenge: choose the time at which a DNS record changes so that the resolver's cache stays wrong for a given time. */
export const cacheWrong: Drill = (draw) => {
  const ttl = draw.whole(120, 400, 20);
  const wrong = draw.whole(30, 100, 5);
  const host = drawName(draw);
  const changed = draw.whole(10, 15);
  const facts = {
    name: host,
    ...{ttl: `${ttl} s`, wrong: `${wrong} s`, changes: `${ttl - wrong} s`, now: `${changed} s`},
    ...{least: `${wrong - 5} s`, most: `${wrong + 5} s`},
  };
  const left = `at({call: editZone, host: ns}).local.cache("${host}", A).ttl`;
  const ground = cacheGround(draw, {host, ttl, changed});
  return drawn(staleAnswer, facts, ground, {
    level: 2,
    goal: {cache: 'expire', host: 'local', name: host},
    holds: [
      {that: `${left} >= ${wrong - 5} && ${left} <= ${wrong + 5}`, say: worded(staleAnswer.lasts, facts)},
    ],
    offer: ['ns.editZone.at'],
    solution: [`ns.editZone.at=${ttl - wrong}s`],
    misses: [
      {
        changes: [`ns.editZone.at=${ttl - wrong - 20}s`],
        when: `${left} > ${wrong + 5}`,
        say: worded(staleAnswer.long, {...facts, left: `{${left}}`}),
      },
      {
        changes: [`ns.editZone.at=${ttl - wrong + 15}s`],
        when: `${left} < ${wrong - 5}`,
        say: worded(staleAnswer.short, {...facts, left: `{${left}}`}),
      },
    ],
    lesson: 'dns-cache',
  });
};

/** A generated challenge: the first resolver in the client's list is off, and the client waits for it longer than the challenge allows. */
export const resolverDead: Drill = (draw) => {
  const name = drawName(draw);
  const [nearMs, farMs] = [draw.whole(3, 20), draw.whole(20, 90)];
  const waits = draw.whole(4, 15);
  const deadline = draw.whole(1500, waits * 1000 - 1000, 500);
  const quick = Math.floor(deadline / 2 / 100) * 100;
  const facts = {
    name,
    ...{waits: `${waits} s`, deadline: timeOf(deadline), quick: `${quick}ms`, good: '192.0.2.54'},
  };
  const ground = {
    topology: {
      hosts: {
        client: {label: deadResolver.laptop, ip: '192.0.2.10'},
        r1: {label: deadResolver.one, ip: '192.0.2.53', up: false},
        r2: {label: deadResolver.two, ip: '192.0.2.54'},
        auth: {label: deadResolver.authority, ip: '203.0.113.53'},
      },
      links: [
        {name: 'lan1', between: ['client', 'r1'], delay: `${nearMs}ms`},
        {name: 'lan2', between: ['client', 'r2'], delay: `${nearMs}ms`},
        {name: 'up', between: ['r2', 'auth'], delay: `${farMs}ms`},
      ],
    },
    apps: [
      {
        host: 'client',
        dns: {stub: {servers: ['192.0.2.53', '192.0.2.54'], timeout: `${waits}s`, attempts: 2}},
      },
      {host: 'r1', dns: {recursive: {roots: ['203.0.113.53']}}},
      {host: 'r2', dns: {recursive: {roots: ['203.0.113.53']}}},
      nameServer('auth', name),
    ],
    script: [{at: '0ms', host: 'client', call: 'resolve', name, type: 'A'}],
    until: `${deadline}ms`,
  };
  return drawn(deadResolver, facts, ground, {
    level: 2,
    goal: {call: 'resolve', host: 'client', returns: 'ok'},
    offer: ['client.dns.timeout', 'client.dns.servers', 'client.dns.attempts', 'up.delay'],
    most: 1,
    solution: ['client.dns.servers=192.0.2.54'],
    misses: [
      {
        changes: [`client.dns.timeout=${deadline + 500}ms`],
        when: `count({sends: client}) == 1 && count({sends: client, after: {at: ${deadline - 1}ms}}) == 0`,
        say: worded(deadResolver.stillLong, facts),
      },
    ],
    lesson: 'dns-recursion',
  });
};

/** A generated challenge: lose one packet of a DNS lookup so that the answer comes latest. */
export const latestAnswer: Drill = (draw) => {
  const name = drawName(draw);
  const [nearMs, farMs] = [draw.whole(3, 20), draw.whole(20, 90)];
  const waits = draw.whole(1, 8);
  const ground = {
    topology: {
      hosts: {
        client: {label: slowAnswer.laptop, ip: '192.0.2.10'},
        local: {label: slowAnswer.resolver, ip: '192.0.2.53'},
        auth: {label: slowAnswer.authority, ip: '203.0.113.53'},
      },
      links: [
        {name: 'near', between: ['client', 'local'], delay: `${nearMs}ms`},
        {name: 'far', between: ['local', 'auth'], delay: `${farMs}ms`},
      ],
    },
    apps: [
      {host: 'client', dns: {stub: {servers: ['192.0.2.53'], timeout: `${waits}s`, attempts: 3}}},
      {host: 'local', dns: {recursive: {roots: ['203.0.113.53']}}},
      nameServer('auth', name),
    ],
    script: [{at: '0ms', host: 'client', call: 'resolve', name, type: 'A'}],
  };
  const answered = 'time({call: resolve, host: client, returns: ok})';
  const stage = new Stage(ground);
  const found = extremes(stage.losses(answered, () => true));
  if (!found) return undefined;
  const {cheap, dear} = found;
  const facts = {
    name,
    waits: `${waits} s`,
    best: timeOf(dear.ms),
    packet: `${dear.packet}`,
    took: `{${answered}}`,
  };
  return drawn(slowAnswer, facts, ground, {
    level: 2,
    goal: {call: 'resolve', host: 'client', returns: 'ok'},
    holds: [{that: `${answered} >= ${Math.floor(dear.ms)}ms`, say: worded(slowAnswer.late, facts)}],
    offer: ['drop'],
    uses: {drop: 1},
    solution: [dear.change],
    misses: [
      {changes: [cheap.change], when: 'count({drops: any}) == 1', say: worded(slowAnswer.sooner, facts)},
    ],
    lesson: 'dns-recursion',
  });
};
