// Our client and our server with each other: what is agreed on, under which keys, and what each may say when.
import {createHash} from 'node:crypto';
import {describe, expect, test} from 'vitest';
import {ruleOf} from '../../../source/stack/reason.ts';
import {splitRecords} from '../../../source/wire/tls/record.ts';
import {ContentType} from '../../../source/wire/tls/registry.ts';
import {credentials, Pair, write} from './pair.ts';

const groups = {x25519: 29, secp256r1: 23};

describe('full handshake', () => {
  test.each([0x1301, 0x1302, 0x1303])('suite %i', (suite) => {
    const pair = new Pair({client: {cipherSuites: [suite]}}).open().run();
    expect(pair.client.agreement).toMatchObject({version: 'TLS 1.3', suite, resumed: false});
    const {certificates: _, ...server} = pair.server.agreement ?? {certificates: []};
    expect(pair.client.agreement).toMatchObject(server);
    pair.client.happen(write('GET / HTTP/1.1'));
    pair.server.happen(write('HTTP/1.1 200 OK'));
    pair.run();
    expect([pair.server.text, pair.client.text]).toEqual(['GET / HTTP/1.1', 'HTTP/1.1 200 OK']);
  });

  test.each(Object.entries(groups))('group %s', (_, group) => {
    const pair = new Pair({client: {groups: [group], keyShares: [group]}}).open().run();
    expect(pair.client.agreement?.group).toBe(group);
    expect(pair.client.messages('received')).not.toContain('hello_retry_request clear');
  });

  test.each([
    ['rsa', 0x0804],
    ['p256', 0x0403],
  ] as const)('%s signs', (name, scheme) => {
    const pair = new Pair({server: {credentials: [credentials[name]]}}).open().run();
    expect(pair.client.agreement).toMatchObject({
      signatureScheme: scheme,
      certificates: credentials[name].chain,
    });
  });

  test('which messages, under which keys (RFC 9846 figure 1)', () => {
    const pair = new Pair().open().run();
    expect(pair.client.messages('sent')).toEqual(['client_hello clear', 'finished handshake']);
    expect(pair.client.messages('received')).toEqual([
      'server_hello clear',
      'encrypted_extensions handshake',
      'certificate handshake',
      'certificate_verify handshake',
      'finished handshake',
      'new_session_ticket application',
    ]);
    expect(pair.server.messages('received')).toEqual(pair.client.messages('sent'));
  });

  test('states of figures A.1 and A.2', () => {
    const pair = new Pair().open().run();
    const states = (end: typeof pair.client) =>
      end.of('note').flatMap(({note}) => (note.kind === 'state' ? [note.to] : []));
    expect(states(pair.client)).toEqual([
      'WAIT_SH',
      'WAIT_EE',
      'WAIT_CERT_CR',
      'WAIT_CV',
      'WAIT_FINISHED',
      'CONNECTED',
    ]);
    expect(states(pair.server)).toEqual(['WAIT_FINISHED', 'CONNECTED']);
  });

  test('byte by byte is the same', () => {
    const whole = new Pair().open().run();
    const pieces = new Pair({pieces: 1}).open().run();
    expect(pieces.client.agreement).toEqual(whole.client.agreement);
    expect(pieces.server.state).toBe('CONNECTED');
  });

  test('both ends know the same secrets', () => {
    const pair = new Pair().open().run();
    const secrets = (end: typeof pair.client) =>
      end
        .of('secret')
        .map(({label, secret}) => `${label} ${Buffer.from(secret).toString('hex')}`)
        .sort();
    expect(secrets(pair.client)).toEqual(secrets(pair.server));
    expect(secrets(pair.client).length).toBe(5);
  });

  test('the same seed gives the same bytes', () => {
    const sent = (seed: string) =>
      new Pair({seed})
        .open()
        .run()
        .client.of('send')
        .map(({data}) => Buffer.from(data).toString('hex'));
    expect(sent('x')).toEqual(sent('x'));
    expect(sent('x')).not.toEqual(sent('y'));
  });

  // The same on every Node, whatever its OpenSSL: nothing is signed or agreed on by chance.
  test.each([
    ['p256', 'x25519', 0x1301, '9fda57bc351e5c4306a4067c101a33772eacc60abcf874fc5db467397708cd1d'],
    ['rsa', 'secp256r1', 0x1302, 'df2dae01519b38e9809882f8f8e1786be18500f7a05d9b2068f8f1c7c3527912'],
    ['p256', 'x25519', 0x1303, 'b5dfbf5f2ef074cbac5b5b8d4d4d4aff680d257bfdbdf27fa0783424c91e1b3a'],
  ] as const)('%s, %s, %i: all bytes, by their digest', (signer, group, suite, digest) => {
    const groupIds = [groups[group]];
    const pair = new Pair({
      client: {cipherSuites: [suite], groups: groupIds, keyShares: groupIds},
      server: {credentials: [credentials[signer]]},
    }).open();
    pair.client.happen(write('ping'));
    pair.run();
    const hash = createHash('sha256');
    for (const end of [pair.client, pair.server]) for (const {data} of end.of('send')) hash.update(data);
    expect(hash.digest('hex')).toBe(digest);
  });

  test('protocol names: the server chooses (RFC 7301)', () => {
    const pair = new Pair({client: {alpn: ['h2', 'http/1.1']}, server: {alpn: ['http/1.1']}}).open().run();
    expect([pair.client.agreement?.alpn, pair.server.agreement?.alpn]).toEqual(['http/1.1', 'http/1.1']);
  });

  test('reserved values are ignored (RFC 8701)', () => {
    const pair = new Pair({client: {grease: true}}).open().run();
    expect([pair.client.state, pair.server.state]).toEqual(['CONNECTED', 'CONNECTED']);
  });

  test('a name longer than any in the DNS is no name', () => {
    const pair = new Pair({client: {serverName: 'x'.repeat(5000)}}).open().run();
    expect([pair.server.state, pair.server.agreement?.serverName]).toEqual(['CONNECTED', undefined]);
    expect(pair.client.state).toBe('CONNECTED');
  });

  test('written too early is sent when there are keys', () => {
    const pair = new Pair().open();
    pair.client.happen(write('first '));
    pair.client.happen(write('second'));
    pair.run();
    expect(pair.server.text).toBe('first second');
  });

  test('the server may speak before the client has finished (§4.5.3)', () => {
    const pair = new Pair().open();
    pair.pass(pair.client, pair.server);
    pair.server.happen(write('hello'));
    pair.run();
    expect(pair.client.text).toBe('hello');
  });

  test('padding hides how much is said (§5.4)', () => {
    const sizes = [1, 100].map((size) => {
      const pair = new Pair({client: {paddingBlock: 256}}).open().run();
      pair.client.take();
      pair.client.happen(write('x'.repeat(size)));
      return pair.client.take()[0]?.length;
    });
    expect(sizes).toEqual([5 + 256 + 16, 5 + 256 + 16]);
  });

  test('what is long takes several records (§5.1)', () => {
    const pair = new Pair().open().run();
    pair.client.happen(write('x'.repeat(40_000)));
    pair.run();
    expect(pair.server.of('deliver').map(({data}) => data.length)).toEqual([16384, 16384, 7232]);
  });
});

describe('HelloRetryRequest (§4.2.4)', () => {
  const retried = {client: {keyShares: [groups.secp256r1]}, server: {groups: [groups.x25519]}};

  test.each([
    ['for another group', retried],
    ['with a cookie', {...retried, server: {...retried.server, cookie: 'retry'}}],
    ['for a cookie alone', {server: {cookie: 'always'}}],
    ['without any share', {client: {keyShares: []}}],
    ['with reserved values', {...retried, client: {...retried.client, grease: true}}],
    ['without middleboxes in mind', {...retried, client: {...retried.client, middleboxCompatibility: false}}],
  ] as const)('%s', (_, options) => {
    const pair = new Pair(options).open().run();
    expect([pair.client.state, pair.server.state]).toEqual(['CONNECTED', 'CONNECTED']);
    expect(pair.server.messages('sent').slice(0, 2)).toEqual([
      'hello_retry_request clear',
      'server_hello clear',
    ]);
    expect(pair.client.messages('sent')).toEqual([
      'client_hello clear',
      'client_hello clear',
      'finished handshake',
    ]);
  });
});

describe('what a server says first', () => {
  type Options = ConstructorParameters<typeof Pair>[0];
  const first = (options: Options) => {
    const pair = new Pair(options).open();
    pair.pass(pair.client, pair.server);
    const sent = pair.server.of('send');
    const {records} = splitRecords(new Uint8Array(), Buffer.concat(pair.server.take()));
    return {because: sent[0] && ruleOf(sent[0].because), types: records.map(({type}) => type)};
  };
  const retried = {client: {keyShares: [groups.secp256r1]}, server: {groups: [groups.x25519]}} as const;
  const {handshake, change_cipher_spec: change, application_data: covered} = ContentType;

  test('it asks again for a share or, where it has one, for a cookie (§4.2.4, §4.3.2)', () => {
    const [share, cookie] = ['9846:4.2.4/ask-share', '9846:4.3.2/ask-cookie'];
    expect(first(retried).because).toBe(share);
    expect(first({...retried, server: {...retried.server, cookie: 'always'}}).because).toBe(share);
    expect(first({server: {cookie: 'always'}}).because).toBe(cookie);
    expect([share, cookie]).not.toContain(first({server: {cookie: 'retry'}}).because);
  });

  test('one change_cipher_spec behind its first message, to a client with a session id (§E.4)', () => {
    const plain = {middleboxCompatibility: false} as const;
    expect(first({}).types.slice(0, 3)).toEqual([handshake, change, covered]);
    expect(first({client: plain}).types.slice(0, 2)).toEqual([handshake, covered]);
    expect(first(retried).types).toEqual([handshake, change]);
    expect(first({...retried, client: {...retried.client, ...plain}}).types).toEqual([handshake]);
  });
});

describe('the end (§6.1)', () => {
  test('each direction closes alone', () => {
    const pair = new Pair().open().run();
    pair.client.happen(write('last words')).happen({kind: 'close'});
    pair.run();
    expect(pair.server.text).toBe('last words');
    expect(pair.server.of('closed').map(({how}) => how)).toEqual(['closeNotify']);
    pair.server.happen(write('answer')).happen({kind: 'close'});
    pair.run();
    expect(pair.client.text).toBe('answer');
    expect([pair.client.state, pair.server.state]).toEqual(['CLOSED', 'CLOSED']);
    expect([pair.client.of('finish').length, pair.server.of('finish').length]).toEqual([1, 1]);
  });

  test('behind close nothing is written, whether close_notify has left or waits for keys', () => {
    const open = new Pair().open().run();
    open.client.happen({kind: 'close'}).take();
    open.client.happen(write('too late'));
    expect(open.client.take()).toEqual([]);
    const pair = new Pair().open();
    pair.client.happen({kind: 'close'}).happen(write('too late'));
    pair.run();
    expect(pair.server.text).toBe('');
  });

  test('without close_notify data may be missing', () => {
    const pair = new Pair().open().run();
    pair.client.happen({kind: 'eof'});
    expect(pair.client.of('closed').map(({how}) => how)).toEqual(['truncated']);
  });

  test('close before the handshake is over waits for it', () => {
    const pair = new Pair().open();
    pair.client.happen(write('x')).happen({kind: 'close'});
    pair.run();
    expect(pair.server.text).toBe('x');
    expect(pair.server.of('closed').map(({how}) => how)).toEqual(['closeNotify']);
  });
});

describe('KeyUpdate (§4.7.3)', () => {
  const keys = (pair: Pair, op: 'read' | 'write') =>
    pair.client.of('note').filter(({note}) => note.kind === 'keys' && note.op === op).length;

  test.each([
    [false, 1, 0],
    [true, 1, 1],
  ])('asked for in turn: %s', (request, writes, reads) => {
    const pair = new Pair().open().run();
    const before = [keys(pair, 'write'), keys(pair, 'read')];
    pair.client.happen({kind: 'updateKeys', request}).happen(write('new'));
    pair.run();
    pair.server.happen(write('keys'));
    pair.run();
    expect([pair.server.text, pair.client.text]).toEqual(['new', 'keys']);
    expect([keys(pair, 'write') - (before[0] ?? 0), keys(pair, 'read') - (before[1] ?? 0)]).toEqual([
      writes,
      reads,
    ]);
  });

  test('one request at a time: the next waits for the peer’s own', () => {
    const pair = new Pair().open().run();
    const before = keys(pair, 'read');
    const asks = () => pair.client.happen({kind: 'updateKeys', request: true});
    asks();
    asks();
    pair.run();
    expect(keys(pair, 'read') - before).toBe(1);
    asks();
    pair.run();
    expect(keys(pair, 'read') - before).toBe(2);
  });

  test('a key does not protect more records than it may (§5.5)', () => {
    const pair = new Pair({client: {recordsPerKey: 2}}).open().run();
    for (const word of ['a', 'b', 'c', 'd', 'e']) pair.client.happen(write(word));
    pair.run();
    expect(pair.server.text).toBe('abcde');
    expect(pair.client.messages('sent').filter((name) => name === 'key_update application').length).toBe(2);
  });
});
