// A server and its clients under settings that sessions of two hosts do not have: short queues, cookies, options, what is not TCP.
import type {TimerName} from '../../../source/stack/tcp/effect.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {seq} from '../../../source/wire/seq.ts';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {type Chance, chance} from './chance.ts';
import {plain} from './plain.ts';
import {ipOf, Server} from './server.ts';
import {A, B, LISTENER, rope} from './two-hosts.ts';

const {SYN, ACK, RST, FIN} = TcpFlag;
type Effects = ReturnType<Server['step']>;

const one = <T>(random: Chance, ...list: readonly [T, ...T[]]): T =>
  list[random.below(list.length)] ?? list[0];

const settingsBy = (random: Chance): TcpSettings => ({
  ...one(random, plain, profiles.rfc, profiles.freebsd),
  synCookies: one(random, 'off', 'onOverflow', 'always'),
  synOverflow: one(random, 'drop', 'recycle'),
  acceptOverflow: one(random, 'ignore', 'reset'),
  dropSynFin: one(random, true, false),
  sndBufferBytes: one(random, 1000, 100_000),
  counterfactualAcceptWithoutThirdStep: one(random, true, false, false),
  counterfactualSkipTimeWait: one(random, true, false, false),
});

/** What somebody does next: a client, the program, or time. */
function step(server: Server, random: Chance): Effects {
  const client = 1 + random.below(4);
  const connection = one(random, server.idOf(client), server.idOf(client), LISTENER, 'nonsense');
  const [heard] = server.sent;
  const ack = heard && random.below(3) > 0 ? seq(heard.seq + 1) : seq(9001);
  switch (random.below(10)) {
    case 0:
      return server.step({kind: 'call', call: {call: 'ACCEPT', connection}});
    case 1:
      return server.step({kind: 'call', call: {call: 'SET-OPTION', connection, options: {noDelay: true}}});
    case 2:
      return server.step({kind: 'call', call: {call: 'SEND', connection, data: rope(random.below(3000))}});
    case 3:
      return server.step({
        kind: 'call',
        call: {call: 'CLOSE', connection, reader: one(random, 'gone', 'stays')},
      });
    case 4:
      return server.step({
        kind: 'timeout',
        connection,
        name: one(random, 'connect', 'RTO', '2MSL', 'keep-alive'),
      });
    case 5: {
      const of = {kind: 'icmp', local: B, remote: {ip: ipOf(client), port: 40_000}, seq: seq(9000)} as const;
      return server.step({...of, type: 3, code: one(random, 1, 2, 3), mtu: undefined});
    }
    case 6:
      return server.step({
        kind: 'call',
        call: {call: 'OPEN', mode: 'active', local: {...B, port: 50_000}, remote: A, read: 'auto'},
      });
    default:
      return server.segment(client, one(random, SYN, SYN, ACK, ACK, ACK | FIN, RST, SYN | FIN), {
        ack,
        data: one(random, 0, 0, 100),
      });
  }
}

/** What chance would hardly bring about: queues that fill up while nobody accepts, an attempt that lasts, an end without TIME-WAIT. */
export function chosen(): Effects {
  const crowded = (['ignore', 'reset'] as const).flatMap((acceptOverflow) => {
    const server = new Server({acceptOverflow, synCookies: 'off'}, {accept: 'manual', backlog: 2});
    const opened = [1, 2].flatMap((client) => [SYN, ACK].flatMap((flags) => server.segment(client, flags)));
    return [
      ...opened,
      ...[SYN, ACK].flatMap((flags) => [3, 4].flatMap((client) => server.segment(client, flags))),
    ];
  });
  const patient = new Server(profiles.freebsd);
  const remote = {ip: ipOf(1), port: 40_000};
  const asked = patient.step({
    kind: 'call',
    call: {call: 'OPEN', mode: 'active', local: B, remote, read: 'auto'},
  });
  patient.nowUs = patient.connection(1)?.timers.connect ?? 0;
  const given = patient.step({kind: 'timeout', connection: patient.idOf(1), name: 'connect'});
  const hasty = new Server({counterfactualSkipTimeWait: true});
  hasty.opens(1);
  hasty.step({kind: 'call', call: {call: 'CLOSE', connection: hasty.idOf(1), reader: 'stays'}});
  const ended = hasty.segment(1, FIN | ACK, {ack: seq(9002)});
  const strict = new Server({listenerText: 'drop-unless-fin'}).segment(1, SYN | FIN);
  return [...crowded, ...asked, ...given, ...ended, ...strict, ...repaired()];
}

/** Repairs of Linux, each by a server with one client: SACKs that are forgotten, a thin stream, a time-out in doubt; and an orphan. */
function repaired(): Effects {
  const forgetful = sackServer({});
  forgetful.send(300);
  forgetful.segment(1, ACK, {options: [{kind: 'sack', blocks: [{left: seq(9101), right: seq(9201)}]}]});
  const reneged = forgetful.segment(1, ACK, {ack: seq(9101)});
  const thin = sackServer({tailLossProbe: false, thinLinearTimeouts: true});
  thin.send(300);
  // Out of the first slow start.
  thin.expire('RTO');
  const doubted = sackServer({tailLossProbe: false});
  doubted.send(1500);
  doubted.expire('RTO');
  const orphan = sackServer({});
  orphan.step({kind: 'call', call: {call: 'CLOSE', connection: orphan.idOf(1), reader: 'gone'}});
  orphan.segment(1, ACK, {ack: seq(9002)});
  return [
    ...reneged,
    ...thin.expire('RTO'),
    ...doubted.segment(1, ACK, {ack: seq(9101)}),
    ...orphan.expire('FIN-WAIT-2'),
  ];
}

/** A connection of small segments to a server that is Linux. */
class SackServer extends Server {
  send(bytes: number): Effects {
    const connection = this.idOf(1);
    return this.step({kind: 'call', call: {call: 'SEND', connection, data: rope(bytes)}});
  }

  expire(name: TimerName): Effects {
    this.nowUs = this.connection(1)?.timers[name] ?? this.nowUs;
    return this.step({kind: 'timeout', connection: this.idOf(1), name});
  }
}

function sackServer(change: Partial<TcpSettings>): SackServer {
  const server = new SackServer({...profiles.linux, timestamps: false, ...change});
  server.segment(1, SYN, {options: [{kind: 'mss', mss: 100}, {kind: 'sackPermitted'}]});
  server.segment(1, ACK);
  return server;
}

/** Everything that such a server does. */
export function crowd(seed: number): Effects {
  const random = chance(seed + 4_000_000);
  const server = new Server(settingsBy(random), {
    accept: one<'auto' | 'manual'>(random, 'auto', 'manual'),
    backlog: one(random, 0, 1, 3),
    read: one<'auto' | 'manual'>(random, 'auto', 'manual'),
  });
  return Array.from({length: 60}, () => {
    server.nowUs += random.below(100_000);
    return step(server, random);
  }).flat();
}
