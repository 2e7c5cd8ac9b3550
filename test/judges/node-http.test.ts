// Node's own HTTP server as judge: it understands our client machine's octets, over real sockets.
import {once} from 'node:events';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {openHttpClient} from './http/loopback.ts';

const site = 'http://www.example.com';
const large = 'A row that is told from the others by its number.\n'.repeat(5000);

type Seen = {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly port: number;
};

const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/plain': (_, response) => {
    response.setHeader('Content-Length', 5);
    response.end('hello');
  },
  '/chunks': (_, response) => {
    for (let at = 0; at < large.length; at += 10_000) response.write(large.slice(at, at + 10_000));
    response.end();
  },
  '/close': (_, response) => {
    response.setHeader('Connection', 'close');
    response.end('bye');
  },
  '/old': (_, response) => {
    response.writeHead(302, {Location: '/plain?from=old'});
    response.end();
  },
  '/login': (_, response) => {
    response.writeHead(303, {
      Location: '/mine',
      'Set-Cookie': ['id=1; Path=/; HttpOnly', 'other=2; Path=/else'],
    });
    response.end();
  },
  '/mine': (request, response) => response.end(request.headers.cookie ?? 'nobody'),
  '/tagged': (request, response) => {
    response.setHeader('ETag', '"v1"');
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else response.end('tagged');
  },
  '/cut': (_, response) => {
    response.setHeader('Content-Length', 100);
    response.write('x'.repeat(40), () => response.socket?.end());
  },
  '/gone': (_, response) => response.socket?.destroy(),
};

let server: Server;
let port: number;
const seen: Seen[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const {method, url = '', httpVersion, headers} = request;
      const line = `${method} ${url} ${httpVersion}`;
      seen.push({line, headers, body: `${Buffer.concat(pieces)}`, port: request.socket.remotePort ?? 0});
      const route = routes[url.split('?')[0] ?? ''];
      if (route) route(request, response);
      else response.writeHead(404).end('nothing');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const visit = async (...calls: readonly Parameters<ReturnType<typeof openHttpClient>['call']>[0][]) => {
  const client = openHttpClient(port);
  const from = seen.length;
  const answers = [];
  for (const call of calls) answers.push(await client.call(call));
  client.close();
  const told = answers.map(({result, status, content}) => ({
    result,
    status,
    text: new TextDecoder().decode(content),
  }));
  return {told, asked: seen.slice(from), notes: client.notes};
};

const get = (path: string) => ({call: 'get', url: `${site}${path}`}) as const;

test('two requests on one connection; content by length and in chunks', async () => {
  const {told, asked} = await visit(get('/plain'), get('/chunks'), get('/none'));
  expect(told).toEqual([
    {result: 'ok', status: 200, text: 'hello'},
    {result: 'ok', status: 200, text: large},
    {result: 'ok', status: 404, text: 'nothing'},
  ]);
  expect(asked.map(({line, headers: {host}}) => `${line} ${host}`)).toEqual([
    'GET /plain 1.1 www.example.com',
    'GET /chunks 1.1 www.example.com',
    'GET /none 1.1 www.example.com',
  ]);
  expect(new Set(asked.map((each) => each.port)).size).toBe(1);
});

test('a connection that the server closes is not used again; 1.0 has one for each request', async () => {
  const {told, asked} = await visit(get('/close'), get('/plain'));
  expect(told.map(({text}) => text)).toEqual(['bye', 'hello']);
  expect(new Set(asked.map((each) => each.port)).size).toBe(2);
  const old = await visit({...get('/plain'), version: '1.0'}, {...get('/chunks'), version: '1.0'});
  expect(old.told.map(({text}) => text)).toEqual(['hello', large]);
  expect(old.asked.map(({line}) => line)).toEqual(['GET /plain 1.0', 'GET /chunks 1.0']);
});

test('pipelined requests are answered in order', async () => {
  const urls = ['/chunks', '/plain', '/none', '/plain'].map((path) => `${site}${path}`);
  const client = openHttpClient(port);
  const {result, exchanges} = await client.call({call: 'pipeline', urls});
  client.close();
  expect(result).toBe('ok');
  expect(exchanges.map(({status, bytes}) => [status, bytes])).toEqual([
    [200, large.length],
    [200, 5],
    [404, 7],
    [200, 5],
  ]);
});

test('redirects, cookies, validators', async () => {
  const moved = await visit(get('/old'));
  expect(moved.told).toEqual([{result: 'ok', status: 200, text: 'hello'}]);
  expect(moved.asked.map(({line}) => line)).toEqual(['GET /old 1.1', 'GET /plain?from=old 1.1']);
  const login = {call: 'post', url: `${site}/login`, body: 'user=ann'} as const;
  const visited = await visit(login, get('/mine'), {call: 'closeBrowser'}, get('/mine'));
  expect(visited.told.map(({text}) => text)).toEqual(['id=1', 'id=1', '', 'nobody']);
  expect(visited.asked[0]).toMatchObject({
    line: 'POST /login 1.1',
    body: 'user=ann',
    headers: {'content-type': 'application/x-www-form-urlencoded', 'content-length': '8'},
  });
  const tagged = await visit(get('/tagged'), get('/tagged'));
  expect(tagged.told.map(({status, text}) => [status, text])).toEqual([
    [200, 'tagged'],
    [200, 'tagged'],
  ]);
  expect(tagged.notes).toContainEqual(expect.objectContaining({kind: 'http-cache', op: 'revalidated'}));
});

test('HEAD has no content, 100 (Continue) comes before it', async () => {
  const head = {call: 'request', method: 'HEAD', url: `${site}/plain`} as const;
  const upload = {call: 'post', url: `${site}/mine`, body: large, expect: true} as const;
  const {told, asked, notes} = await visit(head, upload, get('/plain'));
  expect(told.map(({text}) => text)).toEqual(['', 'nobody', 'hello']);
  expect(asked[1]?.body).toBe(large);
  expect(notes).toContainEqual(expect.objectContaining({kind: 'response', op: 'started', status: 100}));
});

test('cut in the middle: incomplete; dead without a word: GET once more, POST not', async () => {
  const {told} = await visit(get('/cut'));
  expect(told).toEqual([{result: 'incomplete', status: 200, text: 'x'.repeat(40)}]);
  const gone = await visit(get('/gone'), {call: 'post', url: `${site}/gone`, body: ''});
  expect(gone.asked.map(({line}) => line)).toEqual(['GET /gone 1.1', 'GET /gone 1.1', 'POST /gone 1.1']);
  expect(gone.told.map(({status}) => status)).toEqual([undefined, undefined]);
});
