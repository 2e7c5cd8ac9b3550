// One row of the tables of refusals: what is wrong, the alert that RFC 9846 names for it, and how it comes about.
import {expect} from 'vitest';
import type {TlsServerSettings} from '../../../source/stack/tls/settings.ts';
import type {AlertName} from '../../../source/wire/tls/registry.ts';
import {type End, Pair} from './pair.ts';

export type Case = readonly [what: string, alert: AlertName, run: () => Pair];

/** One fatal alert, sent by `judge`; its state is over, and the other end hears of it. */
export const check = (judge: End, alert: AlertName): void => {
  expect(judge.alerts).toEqual([`sent ${alert}`]);
  expect(judge.state).toBe('CLOSED');
  expect(judge.of('closed').map(({how}) => how)).toEqual(['alert']);
};

export const fresh = (options: ConstructorParameters<typeof Pair>[0] = {}) => new Pair(options).open();
export const x25519 = 29;
export const secp256r1 = 23;
export const bytes = (...octets: readonly number[]) =>
  ({kind: 'bytes', data: Uint8Array.from(octets)}) as const;

/** A client with a ticket. */
export function resuming(server: Partial<TlsServerSettings> = {}): Pair {
  const session = new Pair().open().run().client.of('session')[0]?.session;
  if (!session) throw new Error('no ticket');
  return fresh({client: {session}, server});
}
