// A hundred connections whose losses the simulator knows, captured at either end and between: nothing that is told as a fact is wrong,
// and what could be known there is told. What could be known the simulator says: where the run with only this packet's fate turned round
// looks the same from there, nobody can tell the two apart.
import {expect, test} from 'vitest';
import {simulate} from '../../scripts/simulate.ts';
import {hashOf} from '../../source/sim/chance.ts';
import type {Fault} from '../../source/sim/fault.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {runs, seed} from '../helpers/seeds.ts';
import {framesAt, type Judged, judgedAt, pointsOf} from './fates-under-faults.ts';

const links = ['near', 'far'] as const;

/** Between the two a router, so that something can be lost on either side of it. */
const scenarioOf = (number: number): Scenario => {
  const plain = handshakeScenario();
  const [client, server] = plain.hosts;
  const [link] = plain.links;
  if (!client || !server || !link) throw new Error('no pair');
  const pick = (what: string, values: readonly number[]): number =>
    values[hashOf(number, what) % values.length] ?? 0;
  const on = (host: string, event: 'connected' | 'received', bytes: number): Pick<Cause, 'when' | 'host'> => ({
    when: {kind: 'on', host, event, afterUs: 1000, ...(event === 'received' && {bytes})},
    host,
  });
  const up = pick('up', [100, 4000, 30_000]);
  const down = pick('down', [200, 12_000, 60_000]);
  const tcp = {
    ...{timestamps: pick('timestamps', [0, 1]) === 1, sackPermitted: pick('sack', [0, 1]) === 1},
    dsack: pick('dsack', [0, 1]) === 1,
  };
  const [firstOf, secondOf] = [client.interfaces[0], server.interfaces[0]];
  if (!firstOf || !secondOf) throw new Error('no interfaces');
  const router = {
    ...{name: 'router', router: true, tcp: {}},
    interfaces: [
      {link: 'near', ip: '192.0.2.254', mac: '02:00:00:00:01:01'},
      {link: 'far', ip: '198.51.100.254', mac: '02:00:00:00:01:02'},
    ],
  };
  return {
    ...plain,
    seed: number,
    hosts: [
      {...client, tcp, interfaces: [{...firstOf, link: 'near', ip: '192.0.2.1'}]},
      {...server, tcp, interfaces: [{...secondOf, link: 'far', ip: '198.51.100.1'}]},
      router,
    ],
    links: [
      {...link, name: 'near', between: ['client', 'router'], delayUs: pick('near', [2000, 20_000])},
      {...link, name: 'far', between: ['router', 'server'], delayUs: pick('far', [5000, 40_000])},
    ],
    script: [
      ...plain.script,
      {...on('client', 'connected', 0), action: {call: 'send', bytes: up}},
      {...on('server', 'received', up), action: {call: 'send', bytes: down}},
      {...on('client', 'received', down), action: {call: 'close'}},
      {when: {kind: 'on', host: 'server', event: 'eof', afterUs: 1000}, host: 'server', action: {call: 'close'}},
    ],
  };
};

type Loss = {readonly packet: number; readonly link: (typeof links)[number]};

const lossesOf = (number: number): readonly Loss[] =>
  Array.from({length: 90}, (_, index) => index + 1)
    .filter((packet) => hashOf(number, packet, 'lost') % 100 < 6)
    .map((packet) => ({packet, link: links[hashOf(number, packet, 'link') % 2] ?? 'near'}));

const runOf = (scenario: Scenario, losses: readonly Loss[]): Trace => {
  const faults = losses.map(({packet, link}): Fault => ({kind: 'drop', at: {packet, link}}));
  return simulate({...scenario, faults}, {source: 'test', run: 'made'});
};

const seqs = (trace: Trace, packet: number): string => {
  const f = trace.packet(packet).frame;
  const pl = f?.payload.kind === 'ip' && f.payload.packet.transport?.kind === 'tcp' ? f.payload.packet.transport.segment : undefined;
  return pl ? `${pl.flags} ${pl.seq} ${pl.ack} len ${pl.payload.length}` : '?';
};
type Counts = {
  told: number;
  falseFacts: number;
  falseKnowable: number;
  falseUnknowable: number;
  knowable: number;
  missed: number;
};

const isFalse = ({told, truth}: Judged): boolean =>
  told.what !== 'unknown' && truth !== 'under way' && told.what !== truth;

test('x', () => {
  const counts: Counts = {told: 0, falseFacts: 0, falseKnowable: 0, falseUnknowable: 0, knowable: 0, missed: 0};
  const bad: string[] = [];
  for (let index = 0; index < runs(100, 10); index++) {
    const number = hashOf(seed, 'made', index);
    const scenario = scenarioOf(number);
    const losses = lossesOf(number);
    const trace = runOf(scenario, losses);
    for (const [nth, point] of pointsOf(trace).slice(1).entries()) {
      const seen = framesAt(trace, point).map(({bytes}) => Buffer.from(bytes.subarray(34)).toString('hex')).join();
      const differs = (packet: number, truth: string): boolean => {
        const others = losses.filter((each) => each.packet !== packet);
        const to = trace.packet(packet).to;
        const turned = truth === 'lost' ? others : [...losses, {packet, link: to === 'server' ? 'far' as const : 'near' as const}];
        const again = runOf(scenario, turned);
        return framesAt(again, point).map(({bytes}) => Buffer.from(bytes.subarray(34)).toString('hex')).join() !== seen;
      };
      for (const each of judgedAt(trace, point)) {
        counts.told += 1;
        const {told, truth, packet} = each;
        if (truth === 'under way') continue;
        if (told.what === 'unknown') {
          if (differs(packet, truth)) { counts.missed += 1; bad.push(`missed ${index} ${nth} ${packet} ${truth} ${trace.packet(packet).summary ?? ''}`); }
        } else if (isFalse(each)) {
          if (told.how === 'proved') counts.falseFacts += 1;
          else if (differs(packet, truth)) { counts.falseKnowable += 1; bad.push(`false ${index} ${point.host} ${packet} ${told.what} ${truth} from ${trace.packet(packet).from} ${JSON.stringify(scenario.hosts[0]?.tcp).replace(/[{}"]/g,'')} shown ${told.shownBy} seq=${seqs(trace, packet)}`); }
          else counts.falseUnknowable += 1;
        } else counts.knowable += 1;
      }
    }
  }
  console.log(JSON.stringify(counts), bad.filter((b) => !/ len 0$/.test(b) || /seq=(2|18|17) /.test(b)).slice(0, 90).join('\n'));
  expect(counts.falseFacts).toBe(0);
});
