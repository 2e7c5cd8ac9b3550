// Offload in a run: what two hosts hand to their network cards. Oracles: the same run without it; the pseudo header of RFC 9293 §3.1,
// summed here word by word; 64 KB, the most that Linux puts into one packet.
import {expect, test} from 'vitest';
import type {Scenario} from '../../source/sim/scenario.ts';
import {routedScenario} from '../helpers/networks.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {eventsOf, run} from '../helpers/traces.ts';

const download = (offload: boolean, change: Partial<Scenario> = {}) => {
  const base = handshakeScenario({profile: 'linux', ...change});
  const upload = {kind: 'on', host: 'client', event: 'connected', of: 'c', afterUs: 0} as const;
  return run({
    ...base,
    hosts: base.hosts.map((host) => ({...host, tcp: {offload}})),
    links: base.links.map((link) => ({...link, delayUs: 100})),
    script: [...base.script, {when: upload, host: 'client', action: {call: 'send', bytes: 100_000}}],
  });
};

type Run = ReturnType<typeof download>;

const segments = (trace: Run) =>
  eventsOf(trace, 'send').flatMap(({frame, host, packet}) => {
    const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
    return ip?.transport.kind === 'tcp' ? [{host, packet, ...ip.transport.segment}] : [];
  });

const data = (trace: Run) => segments(trace).filter(({payload}) => payload.length > 0);
const taken = (trace: Run) => eventsOf(trace, 'deliver').reduce((sum, {bytes}) => sum + bytes, 0);

test('few large packets in place of many, up to 64 KB, and each of whole segments but the last', () => {
  const sizes = data(download(true)).map(({payload}) => payload.length);
  const mss = 1448;
  expect(sizes.length).toBeLessThan(data(download(false)).length / 3);
  expect(Math.max(...sizes)).toBeGreaterThan(10 * mss);
  expect(Math.max(...sizes)).toBeLessThan(65_536);
  expect(sizes.filter((size) => size % mss !== 0)).toEqual([100_000 % mss]);
});

test('the same bytes in the same order, and fewer acknowledgements', () => {
  const [wire, hosts] = [download(false), download(true)];
  expect([taken(wire), taken(hosts)]).toEqual([100_000, 100_000]);
  let next = data(hosts)[0]?.seq ?? 0;
  for (const {seq, payload} of data(hosts)) {
    expect(seq).toBe(next);
    next = seq + payload.length;
  }
  const acks = (trace: Run) => segments(trace).filter(({host}) => host === 'server').length;
  expect(acks(hosts)).toBeLessThan(acks(wire) / 2);
});

test('the checksum is the sum of the pseudo header alone', () => {
  const trace = download(true);
  for (const {packet} of segments(trace)) {
    const bytes = trace.packet(packet)?.bytes ?? new Uint8Array();
    const word = (at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const addresses = [26, 28, 30, 32].reduce((sum, at) => sum + word(at), 0);
    const sum = addresses + 6 + (bytes.length - 34);
    expect(word(34 + 16)).toBe((sum & 0xffff) + (sum >>> 16));
  }
});

test('behind a router there are no large packets, and checksums are whole', () => {
  const routed = routedScenario([], {profile: 'linux'});
  const trace = run({...routed, hosts: routed.hosts.map((host) => ({...host, tcp: {offload: true}}))});
  expect(segments(trace).filter(({checksum}) => checksum !== undefined)).toEqual([]);
});
