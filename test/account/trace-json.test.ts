// The lines of `show --json`, exactly: shape as the documentation of the command promises it, values from RFC 9293 figure 6, RFC 6298 §2
// (one second), §5, and the links of the run; the digest worked out again by Node.
import {describe, expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import {folded} from '../helpers/folded.ts';
import {routedScenario} from '../helpers/networks.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

type Line = Readonly<Record<string, unknown>>;

const notes = [
  {after: 0, beat: 1, voice: 'lesson', form: 'say', text: 'first'},
  {after: 3, beat: 2, voice: 'lesson', form: 'ask', text: 'second'},
] as const;

const linesOf = (
  scenario: Scenario,
  told: Parameters<typeof traceLines>[1] = {title: 'T', notes: []},
): readonly Line[] => [...traceLines(run(scenario), told)];

const lossy = handshakeScenario({faults: [{kind: 'drop', at: {packet: 1}}]});
const all = linesOf(lossy, {title: 'T', notes});
const at = (n: number): Line => all.find((line) => line['n'] === n) ?? {};

test('the first line: what was run', () => {
  expect(all[0]).toEqual({
    type: 'trace',
    format: 1,
    source: 'test',
    title: 'T',
    seed: 1,
    run: 'base',
    faults: ['drop@packet=1'],
    profile: 'linux',
    hosts: [
      {name: 'client', ip: ['192.0.2.10']},
      {name: 'server', ip: ['198.51.100.20']},
    ],
    links: [expect.objectContaining({name: 'path', between: ['client', 'server']})],
  });
});

test('a handshake whose SYN is lost, event by event', () => {
  const [c, s] = ['192.0.2.10:40000', '198.51.100.20:80'];
  const told = all.slice(1, -1).map((line) => {
    const {
      n,
      at: atUs,
      host,
      kind,
      connection,
      call,
      returns,
      packet,
      from,
      to,
      name,
      op,
      due,
      lost,
      retransmission,
      reason,
      beat,
      summary,
    } = line;
    const more = {
      connection,
      call,
      returns,
      packet,
      from,
      to,
      name,
      op,
      due,
      lost,
      retransmission,
      reason,
      beat,
      summary,
    };
    return [
      n,
      atUs,
      host,
      kind,
      ...Object.entries(more).flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${value}`])),
    ];
  });
  const client = `connection ${c} > ${s}`;
  const server = `connection ${s} > ${c}`;
  const listener = `connection ${s} > *`;
  expect(told).toEqual([
    [1, 0, 'client', 'beat', 'beat 1'],
    [2, 0, 'server', 'call', listener, 'call listen'],
    [3, 0, 'server', 'state', listener, 'from CLOSED', 'to LISTEN'],
    [4, 0, 'client', 'call', client, 'call connect'],
    [5, 0, 'client', 'beat', 'beat 2'],
    [6, 0, 'client', 'state', client, 'from CLOSED', 'to SYN-SENT'],
    [
      7,
      0,
      'client',
      'send',
      client,
      'packet 1',
      'to server',
      'due 50000',
      'lost true',
      'summary SYN seq=1000',
    ],
    [8, 0, 'client', 'timer', client, 'name RTO', 'op arm', 'due 1000000'],
    [9, 25_000, 'client', 'drop', 'packet 1', 'reason fault'],
    [10, 1_000_000, 'client', 'timer', client, 'name RTO', 'op fire', 'due 1000000'],
    [
      11,
      1_000_000,
      'client',
      'send',
      client,
      'packet 2',
      'to server',
      'due 1050000',
      'retransmission true',
      'summary SYN seq=1000',
    ],
    [12, 1_000_000, 'client', 'timer', client, 'name RTO', 'op arm', 'due 2000000'],
    [13, 1_050_000, 'server', 'arrive', 'packet 2', 'from client'],
    [14, 1_050_000, 'server', 'state', server, 'from LISTEN', 'to SYN-RECEIVED'],
    [
      15,
      1_050_000,
      'server',
      'send',
      server,
      'packet 3',
      'to client',
      'due 1100000',
      'summary SYN,ACK seq=9000 ack=1001',
    ],
    [16, 1_050_000, 'server', 'timer', server, 'name RTO', 'op arm', 'due 2050000'],
    [17, 1_100_000, 'client', 'arrive', 'packet 3', 'from server'],
    [18, 1_100_000, 'client', 'timer', client, 'name RTO', 'op cancel', 'due 1100000'],
    [19, 1_100_000, 'client', 'state', client, 'from SYN-SENT', 'to ESTABLISHED'],
    [20, 1_100_000, 'client', 'call', client, 'call connect', 'returns ok'],
    [
      21,
      1_100_000,
      'client',
      'send',
      client,
      'packet 4',
      'to server',
      'due 1150000',
      'summary ACK seq=1001 ack=9001',
    ],
    [22, 1_150_000, 'server', 'arrive', 'packet 4', 'from client'],
    [23, 1_150_000, 'server', 'timer', server, 'name RTO', 'op cancel', 'due 1150000'],
    [24, 1_150_000, 'server', 'state', server, 'from SYN-RECEIVED', 'to ESTABLISHED'],
    [25, 1_150_000, 'server', 'call', server, 'call accept', 'returns ok'],
  ]);
});

test('a call has its parameters and its result', () => {
  expect(at(4)).toMatchObject({
    parameters: {to: {host: 'server', port: 80}, from: 40_000, as: 'c', read: 'auto'},
    result: 'ok',
  });
});

test('a packet sent: its faults, its octets, its layers; relative numbers stand beside the raw ones', () => {
  expect([at(7)['faults'], at(11)['faults']]).toEqual([['drop@packet=1'], undefined]);
  const bytes = String(at(15)['bytes']);
  // 14 octets of Ethernet, 20 of IP, then the ports and numbers of the SYN,ACK.
  expect(bytes.slice(68, 92)).toBe(`${'0050'}${'9c40'}${'00002328'}${'000003e9'}`);
  const layers = at(15)['layers'];
  expect(layers).toMatchObject([
    {protocol: 'eth'},
    {protocol: 'ip', fields: {'ip.src': '198.51.100.20', 'ip.dst': '192.0.2.10'}},
    {
      protocol: 'tcp',
      fields: {
        'tcp.seq': '0',
        'tcp.ack': '1',
        'tcp.seq_raw': '9000',
        'tcp.option_kind': ['2', '1', '1', '4', '1', '3'],
      },
    },
  ]);
});

test('whatever happens in a run says why', () => {
  expect([at(7)['because'], at(11)['because'], at(13)['because']]).toEqual([
    '9293:3.10.1/open/active',
    '6298:5.4/retransmit',
    '1122:1.1.3/arrives',
  ]);
  expect(all.filter(({type, kind, because}) => type === 'event' && kind !== 'beat' && !because)).toEqual([]);
});

test('an event names the line of the one that it is about, which comes before it', () => {
  const events = all.filter(({type, kind}) => type === 'event' && kind !== 'beat');
  const without = events.filter(({cause}) => cause === undefined);
  // The calls of the script, which have a time, and nothing else.
  expect(without.map(({kind}) => kind)).toEqual(['call', 'call']);
  for (const {n, kind, op, packet, name, due, cause} of events.filter((each) => !without.includes(each))) {
    expect(Number(cause)).toBeLessThan(Number(n));
    const about = at(Number(cause));
    expect(about['kind']).not.toBe('beat');
    if (kind === 'arrive' || kind === 'drop') expect(about).toMatchObject({kind: 'send', packet});
    else if (op === 'fire') expect(about).toMatchObject({kind: 'timer', op: 'arm', name, due});
    else expect(['call', 'arrive', 'timer']).toContain(about['kind']);
  }
});

test('the last line: counts, and SHA-256 over what the machines did', () => {
  const digest = folded(all);
  expect(all.at(-1)).toEqual({type: 'end', events: 25, packets: 4, reason: 'quiet', digest});
  for (const told of [
    {title: 'U', notes: notes.map((note) => ({...note, text: '?'}))},
    {title: 'T', notes: []},
  ])
    expect(linesOf(lossy, told).at(-1)?.['digest']).toBe(digest);
  expect(linesOf(handshakeScenario()).at(-1)?.['digest']).not.toBe(digest);
});

describe('names', () => {
  const first = (lines: readonly Line[], kind: string, test: (line: Line) => boolean = () => true): Line =>
    lines.find((line) => line['kind'] === kind && test(line)) ?? {};

  test('a hop of a packet, and a packet of ARP', () => {
    const hops = linesOf(routedScenario())
      .filter(({kind}) => kind === 'send')
      .map(({packet}) => packet);
    expect(hops.slice(0, 2)).toEqual([1, '1.1']);
    const arp = linesOf(handshakeScenario({arp: true}));
    expect(
      arp
        .filter(({kind}) => kind === 'send')
        .map(({packet}) => packet)
        .slice(0, 3),
    ).toEqual(['arp1', 'arp2', 1]);
  });

  test('what returns later is a call of its own', () => {
    const lines = linesOf(teardownScenario());
    const returns = lines
      .filter(({kind, returns: value}) => kind === 'call' && value !== undefined)
      .map(({host, call, returns: value}) => `${host} ${call} ${value}`);
    expect(returns).toEqual([
      'client connect ok',
      'server accept ok',
      'server receive eof',
      'client receive eof',
      'server close ok',
      'client close ok',
    ]);
    expect(lines.filter(({kind}) => kind === 'deliver').map(({host, bytes}) => `${host} ${bytes}`)).toEqual([
      'server 100',
      'client 200',
      'client 50',
    ]);
    const refused = linesOf({...handshakeScenario(), script: handshakeScenario().script.slice(1)});
    expect(first(refused, 'call', ({returns: value}) => value !== undefined)).toMatchObject({
      call: 'connect',
      returns: 'ECONNREFUSED',
    });
  });

  test('what arrives otherwise than it was sent says what it has become', () => {
    const lines = linesOf(
      handshakeScenario({
        faults: [{kind: 'edit', field: 'tcp.seq_raw', value: 5, mend: true, at: {packet: 1}}],
      }),
    );
    const {altered} = first(lines, 'arrive');
    expect(altered).toMatchObject({summary: 'SYN seq=5', bytes: expect.stringContaining('9c40005000000005')});
    expect(first(all, 'arrive')).not.toHaveProperty('altered');
  });

  test('a run that is stopped says at what', () => {
    const reasons = [{until: {atUs: 10}}, {limitUs: 10}, {mostEvents: 3}].map(
      (change) => linesOf(handshakeScenario(change)).at(-1)?.['reason'],
    );
    expect(reasons).toEqual(['until', 'limit', 'limit']);
  });
});
