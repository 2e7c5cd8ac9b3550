// Fast Open at the client (RFC 7413): when data travel on the SYN, and what becomes of what the peer leaves.
import {expect, test} from 'vitest';
import {planSyn} from '../../../source/stack/tcp/fast-open.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import {verdict} from '../../drills/packetdrill/bench.ts';
import {twinsOf} from '../../drills/packetdrill/twins.ts';
import {fastOpening} from '../../helpers/tcp/fast-opening.ts';

test('a cookie is asked for, then data go along; what is not taken goes again', () => {
  expect(verdict(fastOpening)).toBe('pass');
  for (const {what, source} of twinsOf(fastOpening)) expect(verdict(source), what).not.toBe('pass');
});

test('the SYN has room for a segment less all options; without a cookie nothing goes along', () => {
  const settings = {...profiles.linux, fastOpen: 1};
  const known = {cookie: Uint8Array.of(1, 2, 3, 4), experimental: false, settled: true, mss: 900};
  expect(planSyn(known, 5000, settings).dataBytes).toBe(860);
  expect(planSyn(undefined, 5000, settings).dataBytes).toBe(0);
  // Bit 4 of tcp_fastopen: no cookie is needed, none is shown.
  expect(planSyn(known, 100, {...settings, fastOpen: 5})).toMatchObject({options: [], dataBytes: 100});
});
