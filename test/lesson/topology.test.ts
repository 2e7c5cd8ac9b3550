// Hosts and links: each construct once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {errorsOf, load, runOf} from './fragments.ts';
import {misspelt} from './told-problem.ts';

describe('topology', () => {
  test('addresses, links, delays, rates, sizes, loss', () => {
    const {hosts, links} = runOf(
      load({
        topology: `topology:
  hosts:
    client: {ip: 192.0.2.10}
    r1: {router: true, ip: {near: 192.0.2.1, far: 198.51.100.1}}
    server: {ip: '2001:db8::1', tcp: {rcvBuffer: 128KiB, delayedAck: 40ms, sack: false}}
  links:
    - {name: near, between: [client, r1], delay: 350us, rate: 100Mbit, queue: 64KiB}
    - {name: far, between: [r1, server], delay: 25ms, mtu: 1400, loss: 2.5%}
`,
      }),
    );
    expect(hosts[1]?.interfaces).toEqual([
      {link: 'near', ip: '192.0.2.1', mac: '02:00:00:00:00:02'},
      {link: 'far', ip: '198.51.100.1', mac: '02:00:00:00:00:03'},
    ]);
    expect(hosts[2]?.tcp).toMatchObject({
      rcvBufferBytes: 131_072,
      delayedAckUs: 40_000,
      sackPermitted: false,
    });
    expect(links).toEqual([
      {
        name: 'near',
        between: ['client', 'r1'],
        delayUs: 350,
        rateBps: 100_000_000,
        queueBytes: 65_536,
        loss: 0,
        mtu: 1500,
      },
      {name: 'far', between: ['r1', 'server'], delayUs: 25_000, loss: 0.025, mtu: 1400},
    ]);
  });

  test.each([
    [
      'topology: {hosts: {client: {ip: 192.0.2.300}}}',
      {at: '8:33', says: 'topology.checkAddresses.isNoIP', address: '192.0.2.300'},
    ],
    [
      'topology: {hosts: {client: {label: {en: web shop, zh: 网上的大商店和它的仓库}}}}',
      {at: '8:36', says: 'topology.checkLabels.shape', label: '网上的大商店和它的仓库', widest: 14},
    ],
    [
      'topology: {hosts: {client: {label: {en: "shop*", zh: 商店}}}}',
      {at: '8:36', says: 'topology.checkLabels.shape', label: 'shop*', widest: 14},
    ],
    [
      'topology: {hosts: {client: {label: {en: laptop, zh: 服务器}}}}',
      {at: '8:36', says: 'topology.checkLabels.taken', label: '服务器', name: 'server', other: 'client'},
    ],
    [
      'topology: {hosts: {a: {}, b: {ip: 192.0.2.1}}}',
      {at: '8:23', says: 'topology.checkAddresses.hasNoAddress', name: 'a'},
    ],
    [
      'topology: {hosts: {packet: {ip: 192.0.2.2}, client: {}}}',
      {
        at: '8:20',
        says: 'topology.checkName',
        name: 'packet',
        reservedWords: ['packet', 'first', 'last', 'count', 'time', 'at', 'min', 'max', 'p', 'any'],
      },
    ],
    [
      'topology: {links: [{delay: 50}]}',
      {at: '8:28', says: 'schemaProblems.expected.isNotWhat', what: 'duration', shown: '50'},
    ],
    ['topology: {links: [{between: [client, serve]}]}', misspelt('8:39', 'serve', 'server', 'host')],
    [
      'topology: {links: [{rate: fast}]}',
      {at: '8:27', says: 'schemaProblems.expected.isNotWhat', what: 'rate', shown: 'fast'},
    ],
    ['topology: {hosts: {client: {tcp: {mms: 5}}}}', misspelt('8:35', 'mms', 'mss', 'key')],
    [
      'topology: {hosts: {client: {iss: -1}}}',
      {at: '8:34', says: 'schemaProblems.expected.isNotWhat', what: 'sequence number', shown: '-1'},
    ],
  ])('%s', (topology, error) => {
    const scripts = {
      topology: `${topology}\n`,
      script: 'script: [{at: 0ms, host: client, call: listen, port: 80}]\n',
    };
    expect(errorsOf(scripts)[0]).toMatchObject(error);
  });
});
