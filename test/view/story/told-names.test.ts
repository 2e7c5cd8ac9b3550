// What becomes of names that are asked for, where a close reading found it false or missing.

import {expect, test} from 'vitest';
import {meaningsOf} from '../../helpers/meaning.ts';
import {copy, damagedOnLink, drop, edit, testTold, toldAlone, toldWith} from './told-with.ts';

/** The next router takes off the last hop. */
const hop = edit('ip.ttl', 1);

testTold(
  [
    // A response that is cut short would fit into a datagram: the query allows no more (RFC 1035 §4.2.1).
    [
      ['dns-transport truncated', 3, drop],
      {says: 'told.names.nothing.truncated', name: 'big.abc.com', octets: 512, by: 'rule'},
    ],
    // What the cache has is the answer over TCP as well, and a program gets it in the instant in which a connection is closed.
    [
      ['dns-transport truncated', 3, drop],
      {says: 'told.names.fromCache', host: 'resolver', name: 'big.abc.com', ttl: 300, answered: true},
      {
        says: 'told.names.answers',
        host: 'resolver',
        name: 'big.abc.com',
        data: {bytes: 896, octets: 900},
        ttl: 300,
      },
      {says: 'told.closing.closes', host: 'laptop', seq: 1032},
      {
        says: 'told.names.resolved',
        host: 'laptop',
        name: 'big.abc.com',
        data: {bytes: 896, octets: 900},
        result: 'ok',
      },
    ],
    // A lesson that does not speak of NODATA leaves it to the account why the next query leaves (RFC 2308 §2.2).
    [
      ['dns-recursion mail', 9, damagedOnLink],
      {says: 'told.names.resolved', host: 'laptop', name: 'y.abc.com', type: 'MX', result: 'NODATA'},
    ],
    // The TTL of a denial has expired (RFC 2308 §5).
    [
      ['dns-cache negative', 3, drop],
      {says: 'told.names.expired', host: 'resolver', name: 'nope.abc.com', negative: 'NXDOMAIN', asks: true},
    ],
    // The TTL of an address has expired, while the alias that leads to it is kept.
    [
      ['dns-cache alias', 3, drop],
      {says: 'told.names.expired', host: 'resolver', name: 'y.abc.com', alias: 'www.abc.com', ttl: 3300},
      {says: 'told.names.asks', host: 'resolver', peer: 'authority', name: 'y.abc.com', type: 'A'},
    ],
    // What a cache has is old where the zone was edited (the zone of the run, RFC 1034 §4.3.5).
    [
      ['dns-cache base', 1, drop],
      {says: 'told.names.stale', text: {name: 'y.abc.com', ttl: 106}, data: '203.0.113.81', since: '110.0 s'},
    ],
    // By now there is a name that did not exist (RFC 2308 §5).
    [
      ['dns-cache negative', 3, copy()],
      {
        says: 'told.names.stale',
        text: {name: 'nope.abc.com', ttl: 31},
        data: '203.0.113.82',
        since: '20.00 s',
        negative: true,
      },
    ],
    // The cache has the name in other letters (RFC 4343).
    [
      ['dns-transport base', 1, damagedOnLink],
      {says: 'told.names.fromCache', host: 'resolver', name: 'Y.ABC.com', ttl: 297, asked: 'y.abc.com'},
    ],
    // A label or a name is too long (RFC 1035 §2.3.4).
    [
      ['dns-transport names', 2, drop],
      {
        says: 'told.names.resolved',
        name: {end: 'aaaaaaaaaaaa.com', octets: 70},
        result: 'EINVAL',
        fault: 'label',
      },
      {
        says: 'told.names.resolved',
        name: {end: 'eeeeeeeeeeee.com', octets: 256},
        result: 'EINVAL',
        fault: 'name',
      },
    ],
    // A copy of a query is answered like any other.
    [
      ['dns-recursion browser', 16, copy(30_000)],
      {says: 'told.names.copy', host: 'authority', settled: true},
    ],
    // The hops of a datagram run out, no TTL of a record. Who asked hears of it by ICMP, and waits all the same (RFC 791 §3.2).
    [
      ['dns-recursion base', 2, hop],
      {says: 'told.lost', thing: {packet: 2}, where: 'ttl'},
      {says: 'told.notices.host', host: 'router', sender: 'resolver'},
      {says: 'told.icmp', host: 'resolver', waiter: 'resolver', at: '805 ms', waits: 'itself'},
    ],
    // Who answered hears of it, and who waits does not.
    [
      ['dns-recursion base', 3, hop],
      {says: 'told.icmp', host: 'root', peer: 'router', waiter: 'resolver', at: '805 ms', waits: 'other'},
    ],
    // Each of three queries that leave at once has a timer of its own: who asked waits by that of the lost one.
    [
      ['dns-recursion browser', 11, drop],
      {says: 'told.lost', thing: {packet: 11}},
      {says: 'told.notices.asker', host: 'resolver', at: '845 ms'},
    ],
    // Three responses that say the same are told apart by the type that they are about.
    [
      ['dns-recursion browser', 4, drop],
      {says: 'told.names.refers', host: 'root', zone: 'com', type: 'HTTPS'},
    ],
    // All of a record set are told, which share one TTL (RFC 2181 §5.2).
    [
      ['url-to-page dead', 8, hop],
      {
        says: 'told.names.answers',
        host: 'resolver',
        data: '203.0.113.79',
        ttl: 300,
        second: '203.0.113.80',
        ttl2: 300,
      },
    ],
    // Whoever asked waits, too, where the router tells of it.
    [
      ['dns-recursion browser', 11, hop],
      {says: 'told.icmp', host: 'resolver', waiter: 'resolver', at: '845 ms', waits: 'itself'},
    ],
    // The same answer as twice before is news once its zone has another.
    [
      ['dns-cache planned', 8, drop],
      {says: 'told.names.stale', text: {name: 'y.abc.com', ttl: 12}, data: '203.0.113.81', since: '310.0 s'},
      {says: 'told.names.answers', host: 'resolver', name: 'y.abc.com', data: '203.0.113.80', ttl: 12},
    ],
  ],
  toldAlone,
);

test('of two answers of one instant that of no record says which it is of (RFC 2308 §2.2)', () => {
  const told = meaningsOf(toldWith('dns-recursion browser', 2, drop));
  const none = told.filter(({says}) => says === 'told.names.nothing.NODATA');
  expect(none.length).toBeGreaterThan(0);
  for (const each of none) expect(each).toMatchObject({name: 'y.abc.com', type: 'HTTPS'});
});

test('and so is what a program gets of it', () => {
  const told = meaningsOf(toldWith('dns-cache planned', 8, drop));
  const stale = told.findIndex(({says, since}) => says === 'told.names.stale' && since === '310.0 s');
  expect(told.slice(stale)).toContainEqual(
    expect.objectContaining({says: 'told.names.resolved', host: 'phone', data: '203.0.113.80'}),
  );
});
