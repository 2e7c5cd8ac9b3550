// Since when who knows which secret. Oracle: RFC 9846 §7.1, by which nothing can be made of a secret before that is known.
import {expect, test} from 'vitest';
import type {KeyPlace} from '../../../source/account/key-places.ts';
import {tlsAtHand} from '../../../source/view/tls/connections.ts';
import {keyScene} from '../../../source/view/tls/key-schedule.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {type Opened, open} from '../player.ts';
import {lookAt, tlsRun} from './runs.ts';

const openedRun = (name: string): Opened => {
  const found = allRuns().find((each) => each.name === name);
  return open({trace: traceOf(found ?? expect.fail(`no run ${name}`)), source: name});
};

const madeOf: readonly (readonly [KeyPlace, KeyPlace])[] = [
  ['psk', 'early secret'],
  ['early secret', 'client early'],
  ['early secret', 'handshake secret'],
  ['shared secret', 'handshake secret'],
  ['handshake secret', 'client handshake'],
  ['handshake secret', 'server handshake'],
  ['handshake secret', 'main secret'],
  ['main secret', 'client application'],
  ['main secret', 'server application'],
  ['main secret', 'exporter'],
  ['main secret', 'resumption secret'],
];

// RFC 9846 §7.1, §4.3.11.2: the binder in a hello, and the early traffic secret, are of the early secret of whoever says the hello.
test.each(['full', 'early', 'retry', 'resumed'])(
  '%s: nobody knows a secret later than what is made of it',
  (name) => {
    // That run of the lesson ends with a copy of the hello, said by another.
    const opened = name === 'early' ? tlsRun(name) : openedRun(`https-tls13 ${name}`);
    const view = lookAt(opened, opened.trace.durationUs);
    const {rows = []} = keyScene(view) ?? {};
    const events = tlsAtHand(view)?.events ?? [];
    const since = (place: KeyPlace, host: string): number =>
      rows.find((row) => row.place === place)?.knownBy.find((each) => each.host === host)?.n ?? 0;
    for (const host of ['client', 'server']) {
      for (const [of, made] of madeOf) {
        const later = since(made, host);
        if (later > 0) expect(since(of, host), `${host}: ${of}, ${made}`).toBeLessThanOrEqual(later);
      }
    }
    const offer = events.find(({what}) => what.kind === 'message' && what.op === 'sent');
    const isOffered = rows.some(({place}) => place === 'psk');
    expect(isOffered).toBe(name === 'early' || name === 'resumed');
    for (const place of isOffered ? (['psk', 'early secret'] as const) : [])
      expect(since(place, 'client')).toBe(offer?.n);
    if (isOffered) {
      const why = whyAbout(view, {
        kind: 'key',
        place: 'early secret',
        update: 0,
        maker: rows[0]?.maker ?? '',
      });
      expect(why.event).toBe(offer?.n);
    }
  },
);
