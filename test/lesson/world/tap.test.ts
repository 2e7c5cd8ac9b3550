// An attacker on the path (RFC 3552 §3.3): what it may do to plain HTTP, and what TLS and HSTS leave of that. All octets are those of
// the run: the page that the browser holds is the oracle, and the checksums of what the attacker writes over are verified anew.
import {describe, expect, test} from 'vitest';
import {Problems} from '../../../source/lesson/problems.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {tap} from '../../../source/lesson/world/tap.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {dissect} from '../../../source/wire/dissect.ts';
import {encodeFrame} from '../../../source/wire/frame.ts';
import {eventsOf} from '../../helpers/traces.ts';
import {errorsOf} from '../fragments.ts';
import {answersOf, page, runOf, toldOf} from '../tls/page.ts';
import {toldProblem} from '../told-problem.ts';

const network = `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    mitm: {router: true, ip: {near: 203.0.113.9, far: 203.0.113.10}, iss: 5000}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: near, between: [client, mitm], delay: 25ms}
    - {name: far, between: [mitm, server], delay: 25ms}
`;
const strict = "headers: {Strict-Transport-Security: 'max-age=31536000'}";
const servers = (versions = '1.3') =>
  `{host: server, http: {routes: [{get: /, body: 'Pay to 1111'}]}}, ` +
  `{host: server, tls: {certificate: good, versions: [${versions}], http: {routes: [{get: /, body: 'Pay to 1111', ${strict}}]}}}`;
const get = (scheme: string, at = '0ms') =>
  `{at: ${at}, host: client, call: get, url: '${scheme}://www.example.com/'}`;

type Wanted = {
  readonly tap: string;
  readonly script?: readonly string[];
  readonly faults?: string;
  readonly versions?: string;
  readonly client?: string;
};

const run = ({tap, script = [get('http')], faults = '', versions, client}: Wanted): Trace =>
  runOf(
    page(
      `actors: [{tap: mitm, between: [client, server], ${tap}}]\n` +
        `apps: [${[servers(versions), client].filter((each) => each !== undefined).join(', ')}]\n` +
        `script: [${script.join(', ')}]\nruns: {base: {faults: [${faults}]}}\nuntil: 10s\n`,
      network,
    ),
  );

const contents = (trace: Trace): readonly string[] =>
  eventsOf(trace, 'answer').map(({answer}) =>
    'content' in answer ? Buffer.from(answer.content).toString('latin1') : '',
  );

test('the page goes by unchanged for one who only reads, and the run names whoever sees it', () => {
  const trace = run({tap: 'can: [read]'});
  expect(contents(trace)).toEqual(['Pay to 1111']);
  expect(trace.header.onPath).toEqual([{host: 'mitm', between: ['client', 'server']}]);
});

describe('writes over what it passes on', () => {
  const edits = "can: [read, edit], edit: {find: '1111', put: '6666'}";

  test('the browser gets the page that the attacker wants, under checksums that are right', () => {
    const trace = run({tap: edits});
    expect(contents(trace)).toEqual(['Pay to 6666']);
    const [altered, ...others] = eventsOf(trace, 'arrive').filter((event) => event.altered);
    expect(others).toEqual([]);
    if (!altered?.altered) expect.fail('nothing is altered');
    expect(altered).toMatchObject({host: 'client', hop: 1});
    const statuses = dissect(encodeFrame(altered.altered), 1).layers.flatMap(({fields}) =>
      fields.flatMap(({name, value}) => (name.endsWith('checksum.status') ? value : [])),
    );
    expect(statuses).toEqual(['1', '1']);
    const by = eventsOf(trace, 'send').filter(({because}) => because === '3552:3.3.4/modifies');
    expect(by).toMatchObject([{host: 'mitm', packet: altered.packet, hop: 1}]);
  });

  test('under TLS there are no such words to be found', () => {
    expect(contents(run({tap: edits, script: [get('https')]}))).toEqual(['Pay to 1111']);
  });

  const flip = '{edit: {field: tls.app_data, value: 0, from: server, data: true, nth: 3}}';

  test('a changed record is refused: bad_record_mac (RFC 9846 §5.2), and it was the attacker’s doing', () => {
    const trace = run({tap: 'can: [edit]', script: [get('https')], faults: flip});
    expect(answersOf(trace)).toEqual(['alert']);
    expect(toldOf(trace, 'alert')[0]).toMatchObject({
      host: 'client',
      what: {op: 'sent', name: 'bad_record_mac', fatal: true},
    });
    const [edited] = eventsOf(trace, 'send').filter(({faults}) => faults.length > 0);
    expect(edited).toMatchObject({host: 'mitm', hop: 1, because: '3552:3.3.4/modifies'});
  });

  test('without an attacker who edits, the same fault is that of the first link', () => {
    const trace = run({tap: 'can: [read]', script: [get('https')], faults: flip});
    const [edited] = eventsOf(trace, 'send').filter(({faults}) => faults.length > 0);
    expect(edited).toMatchObject({host: 'server', hop: 0});
  });

  test('a hello without TLS 1.3 gets a warning sign back that the client knows (RFC 9846 §4.1.3)', () => {
    const faults =
      '{edit: {field: tls.handshake.extensions.supported_version, value: 771, from: client, data: true, nth: 1}}';
    const trace = run({tap: 'can: [edit]', script: [get('https')], versions: '1.3, 1.2', faults});
    expect(answersOf(trace)).toEqual(['alert']);
    expect(toldOf(trace, 'alert')[0]).toMatchObject({
      host: 'client',
      what: {op: 'sent', name: 'illegal_parameter'},
    });
  });
});

describe('answers in the server’s name', () => {
  const answers = "can: [answer], http: {get: /, body: 'Pay to 6666'}";
  const forged = 'can: [answer], tls: {certificate: forged}';

  test('nothing reaches the server, and every packet that the client gets bears the server’s address', () => {
    const trace = run({tap: answers});
    expect(contents(trace)).toEqual(['Pay to 6666']);
    expect(eventsOf(trace, 'arrive').filter(({host}) => host === 'server')).toEqual([]);
    const sources = new Set(
      eventsOf(trace, 'send').flatMap(({host, frame}) =>
        host === 'mitm' && frame?.payload.kind === 'ip' ? frame.payload.packet.src : [],
      ),
    );
    expect([...sources]).toEqual(['198.51.100.20']);
    expect(eventsOf(trace, 'arrive').find(({because}) => because !== undefined)).toMatchObject({
      host: 'mitm',
      packet: 1,
      because: '3552:3.3.5/takes',
    });
  });

  test('a port for which it has no program goes on to the server', () => {
    expect(contents(run({tap: answers, script: [get('https')]}))).toEqual(['Pay to 1111']);
  });

  test.each(['1.2', '1.3'])('its own certificate is refused: unknown_ca (TLS %s)', (versions) => {
    const trace = run({tap: `${forged.slice(0, -1)}, versions: [${versions}]}`, script: [get('https')]});
    expect(answersOf(trace)).toEqual(['alert']);
    expect(toldOf(trace, 'alert')[0]).toMatchObject({host: 'client', what: {op: 'sent', name: 'unknown_ca'}});
    expect(eventsOf(trace, 'note').filter(({note}) => note.kind === 'request')).toEqual([]);
  });

  test('a machine that believes the attacker’s authority is read and answered', () => {
    const trace = run({
      tap: "can: [answer], tls: {certificate: forged}, http: {get: /, body: 'Pay to 6666'}",
      client: '{host: client, tls: {roots: attacker}}',
      script: [get('https')],
    });
    expect(contents(trace)).toEqual(['Pay to 6666']);
    const read = eventsOf(trace, 'note').filter(({host, note}) => host === 'mitm' && note.kind === 'request');
    expect(read).toMatchObject([{note: {op: 'received', target: '/', host: 'www.example.com'}}]);
  });

  test('a browser that knows the site as strict does not even try HTTP (RFC 6797 §8.3)', () => {
    const before = run({tap: answers, script: [get('http', '1s')]});
    expect(contents(before)).toEqual(['Pay to 6666']);
    const after = run({tap: answers, script: [get('https'), get('http', '1s')]});
    expect(contents(after)).toEqual(['Pay to 1111', 'Pay to 1111']);
    expect(
      eventsOf(after, 'note').flatMap(({note}) => (note.kind === 'strict-transport' ? note : [])),
    ).toMatchObject([
      {op: 'stored', host: 'www.example.com', maxAgeS: 31_536_000},
      {op: 'used', from: 'http://www.example.com/', to: 'https://www.example.com/'},
      {op: 'stored'},
    ]);
    expect(eventsOf(after, 'arrive').filter(({because}) => because === '3552:3.3.5/takes')).toEqual([]);
  });
});

test.each([
  ['{tap: client, between: [client, server], can: [read]}', {at: '15:33', says: 'worldTap.checkEnds'}],
  [
    '{tap: mitm, between: [client, server], can: [read]}',
    {at: '15:16', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'mitm'},
  ],
])('%s is refused', (actor, error) => {
  expect(errorsOf({runs: `actors: [${actor}]\n`})).toContainEqual(expect.objectContaining(error));
});

/** What is wrong with a tap on r1, which has as many links as `ends`. */
const read = (data: {readonly [key: string]: unknown}, ends = ['client', 'server']) => {
  const problems = new Problems();
  const links = ends.map((end, index) => ({name: `l${index}`, between: ['r1', end] as const}));
  const names = {hosts: ['client', 'r1', 'server'], connections: [], links, vocabulary};
  const whole = {tap: 'r1', between: ['client', 'server'], can: [], ...data};
  const piece = tap.compile(whole, {path: ['actors', 0], names, problems});
  const found = problems.found.map(({path, onKey = false, ...problem}) => ({
    ...toldProblem(problem),
    at: path.slice(2).join('.'),
    onKey,
  }));
  expect(piece === undefined).toBe(found.length > 0);
  return {piece, found};
};

const passes = {at: 'between', says: 'worldTap.checkEnds'};
const shifts = (findCount: number) => ({at: 'edit.put', says: 'worldTap.checkPowers', findCount});
const lacks = (power: string, key: string) => ({
  ...{at: key, onKey: true},
  ...{says: 'worldTap.checkPowers.lacks', power, key},
});
// No files belong to this lesson.
const noFile = {
  at: 'tls.certificate',
  says: 'problem.unknownWord',
  remedy: 'nothingIsAllowed',
  given: 'forged',
};
const forgedPage = {get: '/', body: 'x'};

describe('what an attacker has to be told', () => {
  test.each([
    [{}, []],
    [{can: ['read', 'edit', 'answer']}, []],
    [{can: ['edit'], edit: {find: 'ab', put: 'cd'}}, []],
    [{can: ['edit'], edit: {find: 'ab', put: 'c'}}, [shifts(2)]],
    [{can: ['edit'], edit: {find: 'a', put: 'cd'}}, [shifts(1)]],
    [{can: ['read', 'answer'], edit: {find: 'ab', put: 'cd'}}, [lacks('edit', 'edit')]],
    [{edit: {find: 'ab', put: 'c'}}, [lacks('edit', 'edit'), shifts(2)]],
    [{can: ['answer'], http: forgedPage}, []],
    [{can: ['answer'], http: [forgedPage]}, []],
    [{can: ['read', 'edit'], http: forgedPage}, [lacks('answer', 'http')]],
    [{can: ['edit'], tls: {certificate: 'forged'}}, [lacks('answer', 'tls'), noFile]],
    [
      {http: forgedPage, tls: {certificate: 'forged'}},
      [lacks('answer', 'http'), lacks('answer', 'tls'), noFile],
    ],
    [{between: ['client', 'client']}, [passes]],
    [{between: ['r1', 'server']}, [passes]],
    [{between: ['client', 'r1']}, [passes]],
  ])('%j', (data, errors) => {
    expect(read(data).found).toMatchObject(errors);
  });

  test('at least two links', () => {
    expect(read({}, ['client']).found).toMatchObject([passes]);
    expect(read({}, []).found).toMatchObject([passes]);
    expect(read({}, ['client', 'server', 'x']).found).toEqual([]);
  });

  test('names, each in its place', () => {
    const {found} = read({between: ['xxxxxx', 'yyyyyy']});
    expect(found).toMatchObject([
      {at: 'between.0', says: 'problem.unknownWord', kind: 'host', given: 'xxxxxx'},
      {at: 'between.1', says: 'problem.unknownWord', kind: 'host', given: 'yyyyyy'},
    ]);
    // Of a tap that is nowhere nothing more is said.
    expect(read({tap: 'zzzzzz', between: ['client', 'client']}).found).toMatchObject([
      {at: 'tap', says: 'problem.unknownWord', kind: 'host', given: 'zzzzzz'},
    ]);
  });

  test('comes to an actor, and to programs in the name of the second of the two', () => {
    expect(read({can: ['read']}).piece).toEqual({
      actors: [{kind: 'tap', host: 'r1', between: ['client', 'server'], can: ['read']}],
      apps: [],
    });
    expect(read({can: ['edit'], edit: {find: 'a', put: 'b'}}).piece?.actors).toEqual([
      {kind: 'tap', host: 'r1', between: ['client', 'server'], can: ['edit'], edit: {find: 'a', put: 'b'}},
    ]);
    const apps = (data: {readonly [key: string]: unknown}) =>
      read({can: ['answer'], ...data}).piece?.apps?.map(({host, inNameOf, spec}) => [
        host,
        inNameOf,
        spec.app,
      ]);
    expect(apps({http: forgedPage})).toEqual([['r1', 'server', 'http']]);
    expect(apps({http: forgedPage, between: ['server', 'client']})).toEqual([['r1', 'client', 'http']]);
    expect(apps({http: []})).toEqual([]);
  });

  test.each([
    ['a\n', false],
    ['ä', false],
    ['', false],
    ['~', true],
    [' ', true],
    ['\x7f', false],
    ['\x1f', false],
  ])('find: %j', (find, printable) => {
    const schema = tap.shape['edit'];
    if (!schema) expect.fail('edit');
    expect(schema.safeParse({find, put: 'b'}).success).toBe(printable);
  });
});
