// What a response leaves to be asked. Oracles: RFC 2181 §5.4.1 and RFC 1034 §3.6.2 (chains of aliases), RFC 2308 §2 (denials at their ends),
// RFC 9156 §2.3 with MAX_MINIMISE_COUNT = 10 and MINIMISE_ONE_LAB = 4, counted by hand.
import {describe, expect, test} from 'vitest';
import {RecordType, rcodeName} from '../../../source/wire/dns/registry.ts';
import {must, OneResolver, type Server} from '../../helpers/dns/one-resolver.ts';
import {
  abcText,
  asked,
  auth,
  recursive,
  resolve,
  says,
  serves,
  tree,
  treeServers,
  zone,
} from '../../helpers/dns/tree.ts';
import {query, recordTexts} from './words.ts';

const rd = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};
const forwarder = '203.0.113.54';
const www = 'www.abc.com. 200 IN CNAME x.abc.com.\n';
const x = 'x.abc.com. 200 IN CNAME y.abc.com.\n';
const y = 'y.abc.com. 300 IN A 203.0.113.80\n';
const soa = 'abc.com. 60 IN SOA dns.abc.com. admin.abc.com. 1 1800 900 604800 60\n';
const nxdomain = 3;

describe('one who was asked for the whole answer is believed for what there is of it', () => {
  /** By the name that is asked for. */
  const forwarding = (answers: Readonly<Record<string, Parameters<typeof says>[0]>>): OneResolver => {
    const server: Server = (each, via) => {
      const said = answers[must(each.questions[0]).name] ?? expect.fail(must(each.questions[0]).name);
      return says({...said, ra: true})(each, via);
    };
    const net = new OneResolver({
      spec: recursive({forwarders: [forwarder]}),
      servers: {[forwarder]: server},
    });
    net.ask(query('www.abc.com.', 'A', {flags: rd}));
    net.run();
    return net;
  };
  const told = (net: OneResolver) => {
    const {message} = must(net.responses[0]);
    const names = net.sent.map((each) => must(each.message.questions[0]).name);
    return [rcodeName(message.rcode), recordTexts(message.answers).length, names.join(' ')];
  };

  test.each([
    ['alias, alias, address', {answers: www + x + y}, 'NOERROR', 3],
    ['in any order', {answers: y + x + www}, 'NOERROR', 3],
    ['alias of no name', {answers: www, rcode: nxdomain, authorities: soa}, 'NXDOMAIN', 1],
    ['alias without a record', {answers: www, authorities: soa}, 'NOERROR', 1],
    ['two aliases, no record', {answers: www + x, authorities: soa}, 'NOERROR', 2],
  ])('%s', (_, answer, rcode, records) => {
    expect(told(forwarding({'www.abc.com.': answer}))).toEqual([rcode, records, 'www.abc.com.']);
  });

  test('what is missing is asked for under the name where it ends', () => {
    expect(
      told(
        forwarding({
          'www.abc.com.': {answers: www},
          'x.abc.com.': {answers: x},
          'y.abc.com.': {answers: y},
        }),
      ),
    ).toEqual(['NOERROR', 3, 'www.abc.com. x.abc.com. y.abc.com.']);
    expect(told(forwarding({'www.abc.com.': {answers: www + x}, 'y.abc.com.': {answers: y}}))).toEqual([
      ...['NOERROR', 3, 'www.abc.com. y.abc.com.'],
    ]);
  });
});

test('a server of the zone is believed for its alias only, whatever else it says', () => {
  const net = new OneResolver(tree());
  expect(resolve(net, 'www.abc.com').result).toBe('ok');
  expect(asked(net).slice(2)).toEqual([`${auth} www.abc.com. A`, `${auth} y.abc.com. A`]);
});

test('a long name, minimised: label by label at first, then in as many steps as ten queries leave', () => {
  const labels = Array.from({length: 28}, (_, n) => `l${28 - n}`);
  const name = `${labels.join('.')}.abc.com.`;
  const deep = serves(zone(`${abcText}\n${name} 300 IN A 203.0.113.81\n`));
  const net = new OneResolver(tree({minimise: true}, {servers: {...treeServers, [auth]: deep}}));
  const answer = resolve(net, name, RecordType.A);
  expect(answer.result).toBe('ok');
  const lengths = net.sent.map((each) => must(each.message.questions[0]).name.split('.').length - 1);
  // 26 labels for six queries: 5 (ceil 26/6), 5 (21/5), 4 (16/4), 4 (12/3), 4 (8/2), 4.
  expect(lengths).toEqual([1, 2, 3, 4, 9, 14, 18, 22, 26, 30]);
});
