// `set:` of a run: what a single setting changes, and that everything beside it stays. Oracle: docs/lessons.md, “Runs”.
import {expect, test} from 'vitest';
import {Problems} from '../../source/lesson/problems.ts';
import {withSettings} from '../../source/lesson/run-settings.ts';
import {readTopology} from '../../source/lesson/topology.ts';
import {toldProblem} from './told-problem.ts';

const problems = new Problems();
const topology = readTopology(
  {
    hosts: {
      client: {iss: 5, tcp: {mss: 500, keepAlive: {idle: '1h', probes: 3}}},
      server: {iss: 9},
    },
    links: [{name: 'near', between: ['client', 'server'], delay: '10ms', mtu: 900}],
  },
  problems,
);

const set = (settings: Parameters<typeof withSettings>[1]) => {
  const found = new Problems();
  const changed = withSettings(topology, settings, ['runs', 'base', 'set'], found);
  return {
    hosts: Object.fromEntries(changed.hosts.map(({name, data}) => [name, data])),
    links: changed.links,
    errors: found.found,
    changed,
  };
};

const {client, server} = set({}).hosts;
const [link] = topology.links;

test('nothing set changes nothing', () => {
  expect(problems.found).toEqual([]);
  expect(set({}).changed).toBe(topology);
  expect(topology.links).toEqual([
    {
      spec: {name: 'near', between: ['client', 'server'], delayUs: 10_000, loss: 0, mtu: 900},
      data: {name: 'near', between: ['client', 'server'], delay: '10ms', mtu: 900},
    },
  ]);
});

test.each([
  [{'client.iss': 7}, {client: {...client, iss: 7}, server}],
  [{'server.iss': 7}, {client, server: {iss: 7}}],
  [{'client.tcp.mss': 600}, {client: {...client, tcp: {...client?.tcp, mss: 600}}, server}],
  [{'server.tcp.sack': false}, {client, server: {iss: 9, tcp: {sack: false}}}],
  // Of keep-alive, too, only what is named; where it was not spelt out, what is said now is all.
  [
    {'client.tcp.keepAlive.idle': '2h'},
    {client: {iss: 5, tcp: {mss: 500, keepAlive: {idle: '2h', probes: 3}}}, server},
  ],
  [{'server.tcp.keepAlive.probes': 4}, {client, server: {iss: 9, tcp: {keepAlive: {probes: 4}}}}],
  [{'client.tcp.keepAlive': 'off'}, {client: {iss: 5, tcp: {mss: 500, keepAlive: 'off'}}, server}],
  // One after the other, the last one counts.
  [
    {'client.iss': 7, 'server.up': false, 'client.tcp.mss': 600},
    {client: {iss: 7, tcp: {...client?.tcp, mss: 600}}, server: {iss: 9, up: false, tcp: {}}},
  ],
] as const)('hosts: %j', (settings, hosts) => {
  const {errors, links, ...rest} = set(settings);
  expect(errors).toEqual([]);
  expect(links).toBe(topology.links);
  for (const name of ['client', 'server'] as const)
    expect({tcp: {}, ...rest.hosts[name]}).toEqual({tcp: {}, ...hosts[name]});
});

test.each([
  [{'near.delay': '20ms'}, {delayUs: 20_000}],
  [{'near.mtu': 1400}, {mtu: 1400}],
  [{'near.rate': '8kbit'}, {rateBps: 8000}],
  [{'near.queue': '2kB'}, {queueBytes: 2000}],
  [
    {'near.loss': '50%', 'near.delay': '0ms'},
    {loss: 0.5, delayUs: 0},
  ],
])('links: %j', (settings, change) => {
  const {errors, links, changed} = set(settings);
  expect(errors).toEqual([]);
  expect(links.map(({spec}) => spec)).toEqual([{...link?.spec, ...change}]);
  expect(changed.hosts).toBe(topology.hosts);
});

test('of several links only the one that is named', () => {
  const three = readTopology(
    {
      hosts: {client: {}, r1: {router: true, ip: '192.0.2.1'}, server: {}},
      links: [{between: ['client', 'r1']}, {between: ['r1', 'server']}],
    },
    problems,
  );
  const {links} = withSettings(three, {'link2.delay': '1ms'}, [], problems);
  expect(links.map(({spec}) => [spec.name, spec.delayUs, spec.between])).toEqual([
    ['link1', 50_000, ['client', 'r1']],
    ['link2', 1000, ['r1', 'server']],
  ]);
  expect(problems.found).toEqual([]);
});

test.each([
  [{'clint.iss': 7}, 'clint.iss', {given: 'clint', near: 'client', all: 'client, server, near'}, true],
  [{'client.isss': 7}, 'client.isss', {kind: 'key', given: 'isss', near: 'iss'}, true],
  [{'client.iss': -1}, 'client.iss', {shown: '-1', what: 'sequence number'}, undefined],
  [{'near.mtu': 67}, 'near.mtu', {shown: '67', what: 'mtu'}, undefined],
])('%j is refused, and nothing changes', (settings, key, told, onKey) => {
  const {errors, changed} = set(settings);
  expect(changed).toBe(topology);
  expect(errors.map(toldProblem)).toMatchObject([told]);
  expect(errors[0]).toMatchObject({path: ['runs', 'base', 'set', key]});
  expect(errors[0]?.onKey).toBe(onKey);
  expect('onKey' in (errors[0] ?? {})).toBe(onKey === true);
});

test('one that is refused leaves the others', () => {
  const {errors, hosts} = set({'client.iss': 7, 'x.y': 1, 'server.iss': 8});
  expect(errors.map(({path}) => path.at(-1))).toEqual(['x.y']);
  expect([hosts['client']?.iss, hosts['server']?.iss]).toEqual([7, 8]);
});
