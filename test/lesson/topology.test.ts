// Hosts and links: each construct once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {errorsOf, load, runOf} from './fragments.ts';

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
      '8:33 “192.0.2.300” is no IP address | write it like 192.0.2.10 or 2001:db8::1',
    ],
    [
      'topology: {hosts: {client: {label: {en: web shop, zh: 网上的大商店和它的仓库}}}}',
      '8:36 no host can be called “网上的大商店和它的仓库” on a screen | letters, digits, spaces, dots and hyphens, no wider than 14 columns (a Chinese character takes two)',
    ],
    [
      'topology: {hosts: {client: {label: {en: "shop*", zh: 商店}}}}',
      '8:36 no host can be called “shop*” on a screen | letters, digits, spaces, dots and hyphens, no wider than 14 columns (a Chinese character takes two)',
    ],
    [
      'topology: {hosts: {client: {label: {en: laptop, zh: 服务器}}}}',
      '8:36 server and client are both called “服务器” | give one of them another label',
    ],
    ['topology: {hosts: {a: {}, b: {ip: 192.0.2.1}}}', '8:23 a has no address | add ip: 192.0.2.1'],
    [
      'topology: {hosts: {packet: {ip: 192.0.2.2}, client: {}}}',
      /^8:20 a host cannot be called “packet” \| lower-case letters, digits and _; expressions use these words/,
    ],
    [
      'topology: {links: [{delay: 50}]}',
      '8:28 “50” is not what belongs here | write a time with its unit: 350us, 10ms, 1.5s, 2m or 2h',
    ],
    [
      'topology: {links: [{between: [client, serve]}]}',
      '8:39 no host “serve” | did you mean server? allowed here: client, server',
    ],
    [
      'topology: {links: [{rate: fast}]}',
      '8:27 “fast” is not what belongs here | write a rate: 64kbit, 100Mbit or 1Gbit',
    ],
    ['topology: {hosts: {client: {tcp: {mms: 5}}}}', /^8:35 no key “mms” \| did you mean mss\?/],
    [
      'topology: {hosts: {client: {iss: -1}}}',
      '8:34 “-1” is not what belongs here | write a whole number, 0 to 4294967295',
    ],
  ])('%s', (topology, error) => {
    const scripts = {
      topology: `${topology}\n`,
      script: 'script: [{at: 0ms, host: client, call: listen, port: 80}]\n',
    };
    expect(errorsOf(scripts)[0]).toEqual(typeof error === 'string' ? error : expect.stringMatching(error));
  });
});
