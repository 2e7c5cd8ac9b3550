// Our own scripts, written from the RFCs they name: each passes, and each of its twins fails (packetdrill, pd/run_packet.c).
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {verdict} from './bench.ts';
import {twinsOf} from './twins.ts';

const folder = new URL('../../fixtures/packetdrill/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.pkt'));

describe.each(names)('%s', (name) => {
  const source = readFileSync(new URL(name, folder), 'utf8');

  test('passes', () => {
    expect(verdict(source)).toBe('pass');
  });

  test('has no twin that passes', () => {
    const twins = twinsOf(source);
    expect(twins.length).toBeGreaterThan(5);
    for (const {what, source: twin} of twins) expect(verdict(twin), what).not.toBe('pass');
  });
});

test('the example in the documents passes', () => {
  const page = readFileSync(new URL('../../../docs/packetdrill.md', import.meta.url), 'utf8');
  expect(verdict(/```\n([\s\S]*?)```/.exec(page)?.[1] ?? '')).toBe('pass');
});
