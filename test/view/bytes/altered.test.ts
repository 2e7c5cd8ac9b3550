// A packet that the path changes: the list and the bytes say what was sent and, once it is there, what arrived.
import {expect, test} from 'vitest';
import {fieldsChanged} from '../../../source/view/bytes/altered.ts';
import {nothingSelected} from '../../../source/view/selection.ts';
import {ask, dnsScenario} from '../../helpers/dns-network.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';

/** The fault's own field and value are the oracle. */
const fault = {kind: 'edit', at: {packet: 2}, field: 'tcp.ack_raw', value: 4711, mend: true} as const;
const opened = open({trace: run(handshakeScenario({faults: [fault]}))});

const shown = (us: number, focus: string) => {
  const selection = {...nothingSelected, packet: 2};
  return textOf(canvasOf(opened, playingAt(opened, us, {focus, selection}), {columns: 120, rows: 40})).join(
    '\n',
  );
};

test('list', () => {
  expect(shown(100_000, 'list')).toMatch(/ 2 .* 1001 .*± altered ✓ 100 ms {2}tcp\.ack_raw 1001 ▸ 4711/);
  expect(shown(78_000, 'list')).not.toContain('4711');
  // Each of its options has a kind of its own; none was altered.
  expect(shown(100_000, 'list')).not.toContain('tcp.opt');
});

test('bytes', () => {
  expect(shown(100_000, 'bytes')).toMatch(/tcp\.ack_raw +1001 {2}± 4711 arrived/);
  expect(shown(78_000, 'bytes')).not.toContain('4711');
});

test('of a DNS message the field that was edited is told, and not the octets around it', () => {
  const edit = {kind: 'edit', at: {packet: 7}, field: 'dns.id', value: 1, mend: true} as const;
  const trace = run(dnsScenario([ask(0, {call: 'resolve', name: 'y.abc.com', type: 1})], {faults: [edit]}));
  const arrival = [...trace.events()].find((event) => event.kind === 'arrive' && event.altered !== undefined);
  const altered = arrival?.kind === 'arrive' ? arrival.altered : undefined;
  expect(altered && fieldsChanged(trace, {packet: 7, hop: 0}, altered).map(({name}) => name)).toEqual([
    'dns.id',
  ]);
});
