// RFC 9293 figures 6 to 13, line by line: only calls, reboots, time-outs and delayed duplicates are given. Oracle: the RFC.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {TcpCall} from '../../../source/stack/tcp/effect.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyTcp, type Tcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';
import {seq} from '../../../source/wire/seq.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {A, AB, B, BA, flagNames, type HostName, IP, other, rope} from '../../helpers/tcp/two-hosts.ts';

type Line = {
  step: number;
  from: HostName | null;
  seq?: number | string | null;
  ack?: number | string | null;
  ctl?: string[];
  data?: number | string;
  arrives?: boolean;
  stateA: string | null;
  stateB: string | null;
};

const url = new URL('../../fixtures/rfc9293/figures.json', import.meta.url);
const {figures}: {figures: {figure: number; title: string; steps: Line[]}[]} = JSON.parse(
  readFileSync(url, 'utf8'),
);

/** Two hosts between which a segment moves only when a line of the figure says so. */
class Net {
  tcp: {A: Tcp; B: Tcp} = {A: emptyTcp, B: emptyTcp};
  outbox: {A: TcpSegment[]; B: TcpSegment[]} = {A: [], B: []};
  transit: {A: TcpSegment[]; B: TcpSegment[]} = {A: [], B: []};
  nowUs = 0;
  readonly isns: {A: number[]; B: number[]} = {A: [], B: []};
  readonly settings: TcpSettings;

  constructor(settings: TcpSettings) {
    this.settings = settings;
  }

  event(host: HostName, event: Parameters<typeof tcpStep>[1]): void {
    const isn = () => seq(this.isns[host].shift() ?? 1);
    const {tcp, effects} = tcpStep(this.tcp[host], event, {nowUs: this.nowUs, settings: this.settings, isn});
    this.tcp[host] = tcp;
    for (const effect of effects) if (effect.kind === 'send') this.outbox[host].push(effect.segment);
  }

  call(host: HostName, call: TcpCall): void {
    this.event(host, {kind: 'call', call});
  }

  open(host: HostName, iss: number): void {
    const [local, remote] = host === 'A' ? [A, B] : [B, A];
    this.call(host, {call: 'OPEN', mode: 'active', local, remote, read: 'auto', iss: seq(iss)});
  }

  listen(host: HostName, ...isns: number[]): void {
    this.isns[host] = isns;
    this.call(host, {call: 'OPEN', mode: 'passive', local: host === 'A' ? A : B, read: 'auto'});
  }

  close(host: HostName): void {
    this.call(host, {call: 'CLOSE', connection: host === 'A' ? AB : BA, reader: 'stays'});
  }

  /** What a host has sent is delayed: it will arrive when a line says so. */
  delay(host: HostName): void {
    this.transit[host].push(...this.outbox[host].splice(0));
  }

  deliver(from: HostName, segment: TcpSegment): void {
    const to = other(from);
    this.event(to, {kind: 'segment', src: IP[from], dst: IP[to], segment});
    // Linux answers a FIN that nothing has come before by its timer, which is due at once: the kernel's next tick.
    this.event(to, {kind: 'timeout', connection: to === 'A' ? AB : BA, name: 'delayed-ACK'});
  }

  flush(): void {
    while (this.outbox.A.length + this.outbox.B.length > 0) {
      for (const from of ['A', 'B'] as const)
        for (const s of this.outbox[from].splice(0)) this.deliver(from, s);
    }
  }

  expire(host: HostName, name: 'RTO' | '2MSL'): void {
    this.nowUs += 300_000_000;
    this.event(host, {kind: 'timeout', connection: host === 'A' ? AB : BA, name});
  }

  state(host: HostName): string {
    const local = host === 'A' ? AB : BA;
    return (
      this.tcp[host].connections.get(local)?.state ??
      (this.tcp[host].listeners.size > 0 ? 'LISTEN' : 'CLOSED')
    );
  }

  /** A's SND.NXT 100, B's 300, B no longer listens. */
  establish(): void {
    this.listen('B', 299);
    this.open('A', 99);
    this.flush();
    this.call('B', {call: 'CLOSE', connection: `${B.ip}:${B.port} > *`, reader: 'stays'});
  }
}

type Causes = {start: (net: Net) => void; before?: {[step: number]: (net: Net) => void}};

const causes: {[figure: number]: Causes} = {
  6: {
    start: (net) => net.listen('B', 300),
    before: {
      2: (net) => net.open('A', 100),
      5: (net) => net.call('A', {call: 'SEND', connection: AB, data: rope(7)}),
    },
  },
  7: {start: () => {}, before: {2: (net) => net.open('A', 100), 3: (net) => net.open('B', 300)}},
  8: {
    start: (net) => {
      net.listen('B', 300, 400);
      net.open('A', 90);
      net.delay('A');
      net.close('A');
    },
    before: {2: (net) => net.open('A', 100)},
  },
  9: {
    start: (net) => {
      net.establish();
      net.tcp.A = emptyTcp;
    },
    before: {3: (net) => net.open('A', 400), 7: (net) => net.expire('A', 'RTO')},
  },
  10: {
    start: (net) => {
      net.establish();
      net.tcp.A = emptyTcp;
    },
    before: {2: (net) => net.call('B', {call: 'SEND', connection: BA, data: rope(10)})},
  },
  11: {
    start: (net) => {
      net.open('A', 70);
      net.delay('A');
      net.close('A');
      net.listen('A', 1);
      net.listen('B', 500);
    },
  },
  12: {
    start: (net) => net.establish(),
    before: {2: (net) => net.close('A'), 4: (net) => net.close('B'), 6: (net) => net.expire('A', '2MSL')},
  },
  13: {
    start: (net) => net.establish(),
    before: {
      2: (net) => {
        if (net.state('A') !== 'ESTABLISHED') return;
        net.close('A');
        net.close('B');
      },
    },
  },
};

const symbols: {[name: string]: number} = {Z: 70, 'Z+1': 71, X: 500};
const number = (value: number | string): number =>
  typeof value === 'string' ? (symbols[value] ?? Number.NaN) : value;

/** Remarks that the figures print in place of a state, as the fixture's notes read them. */
const remarks: {[key: string]: string} = {
  '9.1.A': 'CLOSED',
  '9.1.B': 'ESTABLISHED',
  '9.3.B': 'ESTABLISHED',
  '9.4.A': 'SYN-SENT',
  '9.5.B': 'CLOSED',
  '10.1.A': 'CLOSED',
  '10.1.B': 'ESTABLISHED',
  '10.2.A': 'CLOSED',
  '10.3.B': 'CLOSED',
  '11.3.A': 'LISTEN',
  '11.4.B': 'LISTEN',
};

function play(net: Net, figure: number, line: Line): void {
  if (line.from === null) return;
  const {from} = line;
  const travelling = net.transit[from].findIndex((s) => s.seq === number(line.seq ?? Number.NaN));
  const segment = travelling >= 0 ? net.transit[from].splice(travelling, 1)[0] : net.outbox[from].shift();
  if (segment === undefined) throw new Error(`figure ${figure} line ${line.step}: ${from} sends nothing`);
  const ctl = flagNames(segment.flags).filter((name) => name !== 'PSH');
  expect({seq: segment.seq, ctl: new Set(ctl)}).toEqual({seq: number(line.seq ?? 0), ctl: new Set(line.ctl)});
  if (line.ack !== null && line.ack !== undefined) expect(segment.ack).toBe(number(line.ack));
  else expect(segment.ack).toBe(0);
  expect(segment.payload.length).toBe(line.data === 'some' ? 7 : (line.data ?? 0));
  if (line.arrives) net.deliver(from, segment);
  else net.transit[from].push(segment);
}

/** Linux answers the known SYN of figure 7 (six segments; test/fixtures/kernel/opening.json, simultaneous). */
const machines = (figure: number): readonly (readonly [string, TcpSettings])[] =>
  figure === 7
    ? [['rfc', profiles.rfc]]
    : [
        ['rfc', profiles.rfc],
        ['linux', profiles.linux],
      ];

for (const {figure, title, steps} of figures) {
  for (const [profile, settings] of machines(figure)) {
    test(`figure ${figure}, ${title}: ${profile}`, () => {
      const net = new Net(settings);
      causes[figure]?.start(net);
      let step = 0;
      for (const line of steps) {
        if (line.step !== step) causes[figure]?.before?.[line.step]?.(net);
        step = line.step;
        play(net, figure, line);
        for (const host of ['A', 'B'] as const) {
          const printed = host === 'A' ? line.stateA : line.stateB;
          if (printed === null) continue;
          const state = printed.startsWith('(') ? remarks[`${figure}.${line.step}.${host}`] : printed;
          expect(`line ${line.step} ${host} ${net.state(host)}`).toBe(`line ${line.step} ${host} ${state}`);
        }
      }
      // Nothing but the figure's segments; what follows its last line is not in the figure.
      if (![6, 9].includes(figure)) expect([...net.outbox.A, ...net.outbox.B]).toEqual([]);
    });
  }
}
