// What waits for a connection gets one, though nobody but the client may ever end those that are open (RFC 9112 §9.4).
import {describe, expect, test} from 'vitest';
import {OneClient} from '../../helpers/http/one-client.ts';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const one = {connectionsPerOrigin: 1};

/** Nothing but the server could end it otherwise, and a server that has crashed does not. */
describe('an idle connection makes room for what may not use it (RFC 9112 §9.4)', () => {
  const closes = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

  test.each([
    ['a request of 1.0', ok, {version: '1.0'}],
    ['one that says close', ok, {headers: [{name: 'Connection', value: 'close'}]}],
    ['early data', ok, {earlyData: true}],
    ['any, behind close (§9.6)', closes, {}],
  ])('%s', (_, heard, more) => {
    const waits = new OneClient(one).get('/1').connected().get('/2', more);
    expect(waits.acts).toEqual(['connect 0']);
    const later = new OneClient(one).get('/1').connected().hear(ok, 0);
    for (const client of [waits.hear(heard), ...(heard === ok ? [later.get('/2', more)] : [])]) {
      expect(client.acts).toEqual(['connect 0', 'close 0', 'connect 1']);
      expect(client.notes).toContainEqual({
        kind: 'http-connection',
        op: 'closing',
        stream: client.streams[0],
        nth: 1,
      });
      expect(client.connected().hear(ok).result(2)).toBe('ok 200');
      expect(client.end('eof', 0).acts).toHaveLength(3);
    }
  });

  test('not one that owes an answer, nor where there is room', () => {
    const old = {version: '1.0'};
    const two = new OneClient({connectionsPerOrigin: 2}).get('/1').connected().hear(ok).get('/2', old);
    expect(two.get('/3').get('/4').acts).toEqual(['connect 0', 'connect 1']);
    expect(two.requests).toEqual(['0 GET /1', '0 GET /3']);
  });

  test('of a request that no message may have nothing is left that others would wait for', () => {
    const client = new OneClient(one).get('/1', {headers: [{name: 'a b', value: ''}]}).get('/2');
    expect(client.connected().requests).toEqual(['0 GET /2']);
    expect(client.result(1)).toBe('EINVAL');
  });
});
