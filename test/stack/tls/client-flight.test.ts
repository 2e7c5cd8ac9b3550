// A server that asks its client for a certificate (RFC 9846 §4.4.2): a client without one says so, and the handshake goes on (§4.5.1). The server's
// flight is signed and finished anew here, over a transcript with the request in it (§4.5.2, §4.5.3).
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {signerFor, signTranscript} from '../../../source/stack/tls/certificate-verify.ts';
import {cipherSuite} from '../../../source/stack/tls/cipher-suite.ts';
import {kdfOf, verifyData} from '../../../source/stack/tls/key-schedule.ts';
import {transcriptHash} from '../../../source/stack/tls/transcript.ts';
import {encodeRecord, splitRecords} from '../../../source/wire/tls/record.ts';
import {must} from '../../helpers/dns/one-resolver.ts';
import {credentials, type End, Pair} from './pair.ts';
import {join} from './rfc8448.ts';
import {decoded, encode, handshake, keysOf, sealed, sentIn} from './tamper.ts';

const ecdsa = 0x0403;

const said = (end: End): readonly Uint8Array[] =>
  end.of('note').flatMap(({note}) => (note.kind === 'message' && note.op === 'sent' ? [note.bytes] : []));

/** `edit` changes the last message. */
const asked = (edit: (finished: Uint8Array) => Uint8Array = (finished) => finished) => {
  const pair = new Pair().open();
  pair.pass(pair.client, pair.server);
  const [clientHello] = said(pair.client);
  const [serverHello, extensions, certificate] = said(pair.server);
  const request = encode({
    type: 'certificate_request',
    body: {
      certificateRequestContext: new Uint8Array(),
      extensions: [{name: 'signature_algorithms', value: [ecdsa]}],
    },
  });
  const before = [clientHello, serverHello, extensions, request, certificate].map(must);
  const kdf = kdfOf(nodeCrypto, must(cipherSuite(0x1301)));
  const signer = must(signerFor(nodeCrypto, [credentials.p256], [ecdsa]));
  const hash = transcriptHash(kdf, before);
  const signature = must(signTranscript(nodeCrypto, signer, hash, new Uint8Array(32)));
  const verify = encode({type: 'certificate_verify', body: {algorithm: ecdsa, signature}});
  const {secret} = must(
    pair.server.of('secret').find(({label}) => label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET'),
  );
  const body = verifyData(kdf, secret, transcriptHash(kdf, [...before, verify]));
  const flight = [...before.slice(2), verify, edit(encode({type: 'finished', body}))];
  const [first] = splitRecords(new Uint8Array(), join(...pair.server.take())).records;
  pair.client.happen({kind: 'bytes', data: encodeRecord(must(first))});
  pair.client.happen({kind: 'bytes', data: sealed(keysOf(pair.server, 'handshake'), [handshake(...flight)])});
  return {pair, kdf, transcript: [...before, verify, ...flight.slice(-1)]};
};

test('a certificate of none, then Finished over it', () => {
  const {pair, kdf, transcript} = asked();
  expect([pair.client.alerts, pair.client.state]).toEqual([[], 'CONNECTED']);
  const [certificate, finished] = sentIn(pair.client, 'handshake').map(decoded);
  expect(certificate).toEqual({
    type: 'certificate',
    body: {certificateRequestContext: new Uint8Array(), certificateList: []},
  });
  const {secret} = must(
    pair.client.of('secret').find(({label}) => label === 'CLIENT_HANDSHAKE_TRAFFIC_SECRET'),
  );
  const before = [...transcript, must(sentIn(pair.client, 'handshake')[0])];
  expect(finished).toEqual({type: 'finished', body: verifyData(kdf, secret, transcriptHash(kdf, before))});
  expect(sentIn(pair.client, 'handshake')).toHaveLength(2);
  const states = pair.client.of('note').flatMap(({note}) => (note.kind === 'state' ? [note.to] : []));
  expect(states).toEqual([
    'WAIT_SH',
    'WAIT_EE',
    'WAIT_CERT_CR',
    'WAIT_CERT',
    'WAIT_CV',
    'WAIT_FINISHED',
    'CONNECTED',
  ]);
});

test('the transcript is the one with the request: another Finished is none', () => {
  const flipped = (finished: Uint8Array): Uint8Array => finished.with(10, (finished[10] ?? 0) ^ 1);
  expect(asked(flipped).pair.client.alerts).toEqual(['sent decrypt_error']);
  expect(
    asked((finished) => encode({type: 'finished', body: finished.slice(4, 20)})).pair.client.alerts,
  ).toEqual(['sent decode_error']);
});
