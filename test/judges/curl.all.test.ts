// curl as judge: real requests over real sockets, answered by our server machine's octets.
import {execFile, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type LoopbackServer, openHttpServer} from './http/loopback.ts';

const noCurl = spawnSync('curl', ['--version']).error ? 'curl is not installed' : undefined;
if (noCurl) console.log(`curl as judge skipped: ${noCurl}`);

/** Octets by the rule that the routes make them up by: rows of 63 equal letters and a line end. */
const rows = (bytes: number): string =>
  Array.from(
    {length: Math.ceil(bytes / 64)},
    (_, row) => `${String.fromCharCode(97 + (row % 26)).repeat(63)}\n`,
  )
    .join('')
    .slice(0, bytes);
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.skipIf(noCurl)('curl', () => {
  let server: LoopbackServer;
  let folder: string;
  let url: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'curl-'));
    server = await openHttpServer({
      server: 'tutor',
      routes: [
        {method: 'GET', path: '/', type: 'text/html', body: 'hello', etag: '"v1"'},
        {method: 'GET', path: '/large', body: {bytes: 300_000}},
        {method: 'GET', path: '/chunks', body: {bytes: 100_000}, chunkBytes: 7000},
        {method: 'GET', path: '/cut', body: {bytes: 100_000}, chunkBytes: 7000, cutAfter: 30_000},
        {method: 'GET', path: '/short', body: {bytes: 10_000}, cutAfter: 5000},
        {method: 'GET', path: '/old', status: 301, redirect: '/'},
        {method: 'GET', path: '/round', redirect: '/round'},
        {method: 'GET', path: '/account', body: 'account', session: {kind: 'need', user: true}},
        {method: 'POST', path: '/upload', body: 'thanks'},
        {
          ...{method: 'POST', path: '/login', status: 303, redirect: '/account'},
          session: {kind: 'login', user: 'ann', password: 'secret'},
        },
      ],
    });
    url = `http://127.0.0.1:${server.port}`;
  });
  afterAll(() => {
    server?.close();
    if (folder) rmSync(folder, {recursive: true});
  });

  /** What curl printed, its exit code, and what it says about itself. */
  const curl = async (...words: readonly string[]) => {
    const report = '\n%{http_code} %{num_connects} %{num_redirects} %{size_download}';
    const args = ['-q', '-s', '-S', '--noproxy', '*', '--max-time', '20', '-w', report, ...words];
    const run = promisify(execFile)('curl', args, {maxBuffer: 1e7});
    const {stdout, code} = await run.then(
      (done) => ({stdout: done.stdout, code: 0}),
      (failed: {stdout: string; code: number}) => failed,
    );
    const end = stdout.lastIndexOf('\n');
    const [status, connects, redirects, bytes] = stdout
      .slice(end + 1)
      .split(' ')
      .map(Number);
    return {body: stdout.slice(0, end), code, status, connects, redirects, bytes};
  };

  test('a page, HEAD of it, and 304 for whom has it (RFC 9110 §9.3, §13)', async () => {
    expect(await curl(`${url}/`)).toMatchObject({body: 'hello', code: 0, status: 200, bytes: 5});
    const head = await curl('-I', `${url}/`);
    expect(head).toMatchObject({code: 0, status: 200, bytes: 0});
    expect(head.body).toMatch(/^HTTP\/1\.1 200 OK\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
    expect(head.body).toContain('Content-Length: 5\r\n');
    expect(await curl('-H', 'If-None-Match: "v1"', `${url}/`)).toMatchObject({
      status: 304,
      bytes: 0,
      code: 0,
    });
  });

  test('keep-alive: three pages over one connection; none with 1.0', async () => {
    const three = [`${url}/`, `${url}/large`, `${url}/chunks`];
    const outputs = three.flatMap((each, nth) => ['-o', join(folder, `${nth}`), each]);
    const before = server.notes.length;
    expect(await curl(...outputs)).toMatchObject({code: 0, status: 200});
    const nths = server.notes.slice(before).flatMap((note) => (note.kind === 'request' ? [note.nth] : []));
    expect(nths).toEqual([1, 2, 3]);
    expect(await curl('--http1.0', `${url}/`)).toMatchObject({body: 'hello', code: 0, status: 200});
  });

  test.each([
    ['by length', [], '/large', 300_000],
    ['chunked', [], '/chunks', 100_000],
    ['until the end, 1.0', ['--http1.0'], '/chunks', 100_000],
  ] as const)('content %s arrives', async (_, options, path, bytes) => {
    const {body, code} = await curl(...options, `${url}${path}`);
    expect(code).toBe(0);
    expect(digest(body)).toBe(digest(rows(bytes)));
  });

  test('content that is cut off: curl says so (18: partial file)', async () => {
    expect(await curl(`${url}/short`)).toMatchObject({code: 18, bytes: 5000});
    expect((await curl(`${url}/cut`)).code).toBe(18);
  });

  test('redirects are followed; a circle is given up (47)', async () => {
    expect(await curl('-L', `${url}/old`)).toMatchObject({
      body: 'hello',
      status: 200,
      redirects: 1,
      connects: 1,
    });
    expect(await curl('-L', '--max-redirs', '5', `${url}/round`)).toMatchObject({code: 47, status: 302});
  });

  test('cookies: curl logs in, keeps JSESSIONID in its jar, and comes back', async () => {
    const jar = join(folder, 'jar');
    expect(await curl('-b', jar, `${url}/account`)).toMatchObject({status: 401});
    const login = await curl('-L', '-c', jar, '-b', jar, '-d', 'user=ann&password=secret', `${url}/login`);
    expect(login).toMatchObject({body: 'account', status: 200, redirects: 1});
    expect(await curl('-b', jar, `${url}/account`)).toMatchObject({body: 'account', status: 200});
    expect(await curl('-b', 'JSESSIONID=0123456789ABCDEF', `${url}/account`)).toMatchObject({status: 401});
  });

  test('a large POST waits for 100 (Continue), chunked too', async () => {
    const body = rows(200_000);
    const form = ['--data-binary', body.slice(0, 100_000), '-H', 'Expect: 100-continue'];
    expect(await curl(...form, `${url}/upload`)).toMatchObject({body: 'thanks', status: 200});
    const continued = server.notes.filter((note) => note.kind === 'response' && note.status === 100);
    expect(continued).toHaveLength(1);
    const chunked = ['-H', 'Transfer-Encoding: chunked', '--data-binary', body.slice(0, 100_000)];
    expect(await curl(...chunked, `${url}/upload`)).toMatchObject({body: 'thanks', status: 200});
    const last = server.notes.filter((note) => note.kind === 'request').at(-1);
    expect(last).toMatchObject({method: 'POST', bytes: 100_000});
  });

  test.each([
    ['/none', [], 404],
    ['/', ['-X', 'DELETE'], 405],
    ['/', ['-X', 'BREW'], 501],
    ['/', ['-H', 'Host:'], 400],
    ['/', ['-H', `X: ${'x'.repeat(70_000)}`], 431],
    [`/${'x'.repeat(70_000)}`, [], 414],
  ] as const)('%.9s %.2j: its status', async (path, options, status) => {
    expect(await curl(...options, `${url}${path}`)).toMatchObject({code: 0, status});
  });
});
