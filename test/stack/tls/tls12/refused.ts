// One row of the tables of refusals of TLS 1.2, and what its rows are made of.
import {expect} from 'vitest';
import {ruleOf} from '../../../../source/stack/reason.ts';
import type {TlsRuleId} from '../../../../source/stack/tls/rules.ts';
import type {TlsSession, TlsSession12} from '../../../../source/stack/tls/settings.ts';
import type {ClientHello, ServerHello} from '../../../../source/wire/tls/hello.ts';
import type {AlertName} from '../../../../source/wire/tls/registry.ts';
import type {End, Pair} from '../pair.ts';
import {check} from '../refusal.ts';
import {changed, fresh12, v12, v13} from './tamper.ts';

export type Case12 = readonly [what: string, alert: AlertName, because: TlsRuleId, run: () => Pair];

export const refuses = (judge: End, alert: AlertName, because: TlsRuleId): void => {
  check(judge, alert);
  const [alerted] = judge.of('alert');
  expect(alerted && ruleOf(alerted.because)).toBe(because);
};

export const rsa = {cipherSuites: [0x009c]};
export const ecdheRsa = {cipherSuites: [0xc02f]};
export const both = {versions: [v13, v12]};
export const nothing = new Uint8Array();

export const answered = (edit: (body: ServerHello) => ServerHello) =>
  changed('server_hello', (message) => ({...message, body: edit(message.body)}));

export const asked = (edit: (body: ClientHello) => ClientHello) =>
  changed('client_hello', (message) => ({...message, body: edit(message.body)}));

export const shown = (certificates: readonly Uint8Array[]) =>
  changed('certificate', (message) => ({...message, body: {certificates}}));

export const flipped = (octets: Uint8Array, at: number): Uint8Array => octets.with(at, (octets[at] ?? 0) ^ 1);

/** A client with a ticket. */
export const resuming = (): {readonly session: TlsSession | TlsSession12} => {
  const session = fresh12().run().client.of('session')[0]?.session;
  if (!session) throw new Error('no ticket');
  return {session};
};
