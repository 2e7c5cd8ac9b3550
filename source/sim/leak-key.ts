// Leaks a server's private key to an attacker who has recorded its connections, and computes what can be decrypted (RFC 5246 §F.1.1.2).
import {recoverPlaintext} from '../stack/tls/tls12/leaked-key.ts';
import {joinBytes} from '../wire/tls/presentation.ts';
import type {Action} from './action.ts';
import {changeHost, type Draft, emit, emitCall, hostOf} from './draft.ts';
import type {TlsTold} from './tls-host.ts';
import {credentialsOf} from './tls-settings.ts';

/** Returns the private keys of all TLS servers on the host. */
const keysOf = (draft: Draft, host: string): readonly Uint8Array[] =>
  [...hostOf(draft, host).tls.servers.values()].flatMap((server) =>
    credentialsOf(server).map(({privateKey}) => privateKey),
  );

export const leakKey = (draft: Draft, host: string, action: Extract<Action, {call: 'leakKey'}>): void => {
  const {crypto} = draft.plan.scenario;
  const keys = keysOf(draft, host);
  const result = crypto && keys.length > 0 ? 'ok' : 'ENOENT';
  emitCall(draft, host, action, {result});
  if (!crypto) return;
  let recovered = 0;
  let recoveredBytes = 0;
  for (const [connection, {recorded, accepted}] of hostOf(draft, host).tls.connections) {
    if (!recorded || !accepted) continue;
    const recording = {client: joinBytes(recorded.received), server: joinBytes(recorded.sent)};
    const tried = keys.map((key) => recoverPlaintext(crypto, key, recording));
    const read = tried.find((each) => each.ok);
    const why = tried.find((each) => !each.ok && each.error !== 'other-key') ?? tried[0];
    recovered += read ? 1 : 0;
    if (read?.ok) recoveredBytes += read.value.client.length + read.value.server.length;
    const what: TlsTold | undefined = read?.ok
      ? {kind: 'recovered', client: read.value.client, server: read.value.server}
      : why && !why.ok
        ? {kind: 'unrecovered', why: why.error}
        : undefined;
    if (what) emit(draft, {kind: 'tls', host, connection, what, because: '5246:F.1.1.2/leaked'});
  }
  changeHost(draft, host, {tls: {...hostOf(draft, host).tls, recovered, recoveredBytes}});
};
