// What a rule keeps is told once when it begins and once when it ends. Oracle: Nagle (RFC 9293 §3.7.4) keeps a small segment until
// everything before it is acknowledged; with the connection goes what it kept.
import {expect, test} from 'vitest';
import {TcpFlag} from '../../../source/wire/tcp.ts';
import {arrives, calls, established} from '../../helpers/tcp/one-host.ts';
import {AB, rope, type World} from '../../helpers/tcp/two-hosts.ts';

/** What a step tells of being held. */
const heldBy = (world: World, step: () => void): readonly string[] => {
  const before = world.effects('A').length;
  step();
  return world
    .effects('A')
    .slice(before)
    .flatMap((effect) => (effect.kind === 'held' ? [`${effect.op} ${effect.because}`] : []));
};

const sends = (world: World) => () => {
  calls(world, 'A', {call: 'SEND', connection: AB, data: rope(50)});
};

/** Of three small pieces the first is on its way and the others wait. */
const withNagle = (): World => {
  const world = established('rfc', 'auto', {noDelay: false, nagle: 'any'});
  expect(heldBy(world, sends(world))).toEqual([]);
  expect(heldBy(world, sends(world))).toEqual(['begin 9293:3.7.4/nagle']);
  expect(heldBy(world, sends(world))).toEqual([]);
  return world;
};

test('it begins with the first piece that waits, and ends with the acknowledgement', () => {
  const world = withNagle();
  const acknowledged = () => {
    arrives(world, 'A', {seq: 9001, ack: 1051, flags: TcpFlag.ACK});
  };
  expect(heldBy(world, acknowledged)).toEqual(['end 9293:3.7.4/nagle']);
  expect(heldBy(world, sends(world))).toEqual(['begin 9293:3.7.4/nagle']);
});

test('a connection that is gone keeps nothing', () => {
  const world = withNagle();
  const reset = () => {
    arrives(world, 'A', {seq: 9001, flags: TcpFlag.RST});
  };
  expect(heldBy(world, reset)).toEqual(['end 9293:3.7.4/nagle']);
});
