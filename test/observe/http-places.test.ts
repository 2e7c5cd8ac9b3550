// Which HTTP message a packet carries. Oracle: runs over HTTP whose packets are known: RFC 9112 §9.3.2, one segment of 1460 octets at most.
import {expect, test} from 'vitest';
import {carriedMessage} from '../../source/observe/http-places.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';
import {at, get, httpScenario, site} from '../helpers/http-network.ts';
import {run} from '../helpers/traces.ts';

const dataOf = (trace: Trace, id: number): string => {
  const {frame} = trace.packet(id);
  const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
  return transport?.kind === 'tcp'
    ? new TextDecoder('latin1').decode(ropeToBytes(transport.segment.payload))
    : '';
};

const startOf = (trace: Trace, id: number): string => {
  const start = carriedMessage(trace, id)?.start;
  if (start === undefined) return '';
  return start.kind === 'request' ? `${start.method} ${start.target}` : `${start.status}`;
};

const page = (path: string, body: string) => ({method: 'GET', path, type: 'text/html', body});
const long = 'x'.repeat(4000);
const routes = [page('/long', long), page('/1', 'one'), page('/2', 'two'), page('/3', 'three')];

test('the message that begins in it, or goes on; an acknowledgment carries none', () => {
  const trace = run(httpScenario([at(0, get('/long'))], {routes}));
  let [begun, gone] = [0, 0];
  for (let id = 1; id <= trace.packetCount; id++) {
    const data = dataOf(trace, id);
    const told = startOf(trace, id);
    if (data === '') expect(told).toBe('');
    else if (data.startsWith('GET ')) expect(told).toBe('GET /long');
    else {
      expect(told).toBe('200');
      if (data.startsWith('HTTP/1.1 200')) begun += 1;
      else gone += 1;
    }
  }
  expect([begun, gone >= 2]).toEqual([1, true]);
});

test('of a pipeline each its own, and where it began', () => {
  const urls = ['/1', '/2', '/long', '/3'].map((path) => `${site}${path}`);
  const trace = run(httpScenario([at(0, {call: 'pipeline', urls})], {routes}));
  const seen: string[] = [];
  let begins = {client: 0, server: 0};
  for (let id = 1; id <= trace.packetCount; id++) {
    const data = dataOf(trace, id);
    if (data === '') continue;
    const from = trace.packet(id).from === 'client' ? 'client' : 'server';
    const [first] = /^GET \/\w+|^HTTP\/1\.1 \d+/.exec(data) ?? [];
    if (first !== undefined) begins = {...begins, [from]: id};
    expect(carriedMessage(trace, id)?.begins).toBe(begins[from]);
    if (first !== undefined) {
      expect(startOf(trace, id)).toBe(first.replace('HTTP/1.1 ', ''));
      seen.push(first);
    }
  }
  expect(seen.filter((each) => each.startsWith('GET'))).toEqual(['GET /1', 'GET /2', 'GET /long', 'GET /3']);
});
