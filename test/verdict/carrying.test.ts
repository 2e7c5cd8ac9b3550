// What held a transfer up, in captures of known cause: which finding each leads to, whom it names, and that nobody else is blamed.
import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {inspectionOf, readCapture} from '../../source/core.ts';

type Found = {readonly id: string; readonly where: string; readonly text: string};

const foundIn = (name: string): readonly Found[] => {
  const bytes = readFileSync(new URL(`../fixtures/causes/${name}.pcap`, import.meta.url));
  const read = readCapture(new Uint8Array(bytes));
  if (!read.ok) throw new Error(name);
  const {findings = []} = JSON.parse(JSON.stringify(inspectionOf(read.value)));
  return findings;
};

const named = (name: string): readonly string[] => foundIn(name).map(({id, where}) => `${id} (${where})`);

const blamed: ReadonlySet<string> = new Set(['sender-waits', 'answer-waits', 'loss', 'late-acks']);

describe('a pause has the cause that the sender could do nothing about', () => {
  test.each([
    ['answer-waits-in-tls', 'answer-waits (server-program)'],
    ['sender-waits-seen-by-the-receiver', 'sender-waits (server-program)'],
    ['request-waits-in-tls', 'request-waits (client-program)'],
    ['nagle-seen-by-the-server', 'nagle-delayed-ack (client-program)'],
    ['h2-stream-window', 'h2-stream-window (client-program)'],
    ['two-causes-one-connection', 'answer-waits (server-program)'],
    ['two-causes-one-connection', 'zero-window (client-program)'],
    ['mtu-black-hole-seen-by-the-receiver', 'mtu-black-hole (path)'],
    ['loss-tail-timer', 'loss (path)'],
    ['many-round-trips', 'many-round-trips (unknown)'],
    ['window-shrunk', 'window-shrunk (client)'],
  ])('%s: %s', (name, finding) => {
    expect(named(name)).toContain(finding);
  });

  test.each([
    ['request-waits-in-tls', 'request-waits'],
    ['nagle-seen-by-the-server', 'nagle-delayed-ack'],
    ['h2-stream-window', 'h2-stream-window'],
    ['mtu-black-hole-seen-by-the-receiver', 'mtu-black-hole'],
    ['many-round-trips', 'many-round-trips'],
    ['window-shrunk', 'window-shrunk'],
    ['fine-telnet-typing', ''],
    ['fine-http-think-time', ''],
  ])('%s: nobody is blamed beside %s', (name) => {
    expect(foundIn(name).filter(({id}) => blamed.has(id))).toEqual([]);
  });
});
