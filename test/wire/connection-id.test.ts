// Names of connections: the example of RFC 9293's socket pairs (§3.3.1 names a connection by its two sockets), in IPv4 and IPv6.
import {expect, test} from 'vitest';
import {
  connectionId,
  farEndOf,
  isListener,
  listenerId,
  listenerOf,
  localSocket,
  pairOf,
  remoteText,
} from '../../source/wire/connection-id.ts';

const pairs = [
  [
    {ip: '192.0.2.10', port: 40_000},
    {ip: '198.51.100.20', port: 80},
  ],
  [
    {ip: '2001:db8::1', port: 40_000},
    {ip: '2001:db8::2', port: 443},
  ],
] as const;

test.each(pairs)('what was put into a name comes out of it', (local, remote) => {
  const id = connectionId(local, remote);
  expect(localSocket(id)).toEqual(local);
  expect(farEndOf(id)).toBe(connectionId(remote, local));
  expect(farEndOf(farEndOf(id))).toBe(id);
  expect(remoteText(id)).toBe(`${remote.ip}:${remote.port}`);
  expect(pairOf(id)).toBe(pairOf(farEndOf(id)));
  expect(listenerOf(id)).toBe(listenerId(local));
  expect(localSocket(listenerId(local))).toEqual(local);
  expect([isListener(id), isListener(listenerId(local))]).toEqual([false, true]);
});
