// The three ways to an answer that lesson 20 compares. Oracles: its drawings (who asks whom, with which flags), RFC 1034 §4.3.1.
import {describe, expect, test} from 'vitest';
import {dnsStart, dnsStep} from '../../../source/stack/dns/program.ts';
import {resolverDefaults} from '../../../source/stack/dns/resolver-settings.ts';
import {zoneOf} from '../../../source/stack/dns/zone.ts';
import {parseZone} from '../../../source/stack/dns/zone-file.ts';
import {ruleOf} from '../../../source/stack/reason.ts';
import {decodeDns} from '../../../source/wire/dns/decode.ts';
import type {DnsMessage} from '../../../source/wire/dns/message.ts';
import {Rcode, RecordType, rcodeName} from '../../../source/wire/dns/registry.ts';
import {must, type Net, OneResolver, type Server} from '../../helpers/dns/one-resolver.ts';
import {
  abcText,
  asked,
  auth,
  comText,
  recursive,
  resolve,
  root,
  rootText,
  serves,
  tld,
  tree,
} from '../../helpers/dns/tree.ts';
import {query, recordTexts} from './words.ts';

const data = (text: string) => {
  const zone = parseZone(text);
  if (!zone.ok) throw new Error(JSON.stringify(zone.error));
  return zone.value;
};

const owns = (text: string): Net['spec'] => ({
  role: 'recursive',
  settings: {...resolverDefaults, zones: [data(text)]},
});

const flags = {qr: false, aa: false, tc: false, rd: true, ra: false, ad: false, cd: false};

/** A server that is itself a resolver with a zone: it asks its own servers, all within one call. */
const asksOn =
  (text: string, below: Readonly<Record<string, Server>>, heard: string[], name: string): Server =>
  (message) => {
    heard.push(`${name} ${message.questions[0]?.name} rd=${message.flags.rd ? 1 : 0}`);
    const net = new OneResolver({spec: owns(text), servers: below});
    net.ask(message);
    net.run();
    return net.responses[0]?.message;
  };

describe('fully recursive: every server asks the next', () => {
  const run = (name: string): {net: OneResolver; heard: readonly string[]; message: DnsMessage} => {
    const heard: string[] = [];
    const last = asksOn(abcText, {}, heard, 'abc.com');
    const com = asksOn(comText, {[auth]: last}, heard, 'com');
    const first = asksOn(rootText, {[tld]: com}, heard, 'root');
    const net = new OneResolver({spec: recursive({forwarders: [root]}), servers: {[root]: first}});
    net.ask(query(name, 'A', {flags}));
    net.run();
    return {net, heard, message: must(net.responses[0]).message};
  };

  test('the question travels down with RD=1, the answer travels back', () => {
    const {net, heard, message} = run('y.abc.com.');
    expect(heard).toEqual(['root y.abc.com. rd=1', 'com y.abc.com. rd=1', 'abc.com y.abc.com. rd=1']);
    expect(asked(net)).toEqual([`${root} y.abc.com. A`]);
    expect(recordTexts(message.answers)).toEqual(['y.abc.com. 300 A 203.0.113.80']);
    expect([message.flags.ra, message.flags.aa]).toEqual([true, false]);
  });

  test('an alias and its target come back in one answer', () => {
    const {heard, message} = run('www.abc.com.');
    expect(message.answers.map(({type}) => type)).toEqual([RecordType.CNAME, RecordType.A]);
    expect(heard.length).toBe(3);
  });

  test('a denial comes back with its SOA record', () => {
    const {message} = run('nope.abc.com.');
    expect(rcodeName(message.rcode)).toBe('NXDOMAIN');
    expect(message.authorities.map(({type}) => type)).toEqual([RecordType.SOA]);
  });
});

describe('a resolver with a zone of its own', () => {
  const ask = (spec: Net['spec'], name: string, rd = true): DnsMessage => {
    const net = askedBy(spec, name, rd);
    return must(net.responses[0]).message;
  };

  const askedBy = (spec: Net['spec'], name: string, rd = true): OneResolver => {
    const net = new OneResolver({spec, servers: {[auth]: serves(zoneOf(data(abcText)))}});
    net.ask(query(name, 'A', {flags: {...flags, rd}}));
    net.run();
    return net;
  };

  test('AA=1 for its own names, AA=0 for those below', () => {
    expect(ask(owns(comText), 'dns.com.').flags).toMatchObject({aa: true, ra: true});
    expect(ask(owns(comText), 'y.abc.com.').flags).toMatchObject({aa: false, ra: true});
  });

  test('what lies below is passed on to the servers of that zone', () => {
    const {effects} = askedBy(owns(comText), 'y.abc.com.');
    const decided = effects.flatMap((each) => (each.kind === 'datagram' ? [each.because] : []));
    const zone = {zone: 'abc.com.'};
    expect(decided[0]).toMatchObject({rule: '1035:4.1.1/forward', case: 'below', facts: {zone}});
  });

  test('RD=0: a referral, as from any authoritative server', () => {
    const message = ask(owns(comText), 'y.abc.com.', false);
    expect(recordTexts(message.authorities)).toEqual(['abc.com. 172800 NS dns.abc.com.']);
    expect(recordTexts(message.additionals)).toEqual([`dns.abc.com. 172800 A ${auth}`]);
  });

  test('a name in no zone of its own is refused, and not for want of RD', () => {
    const net = askedBy(owns(comText), 'example.org.');
    expect(net.responses.map(({message}) => message.rcode)).toEqual([Rcode.REFUSED]);
    expect(net.effects.flatMap((each) => (each.kind === 'datagram' ? ruleOf(each.because) : []))).toEqual([
      '1035:4.1.1/refused',
    ]);
  });

  test('an alias of its own that leads below or away is followed (RFC 1034 §4.3.2 step 3a)', () => {
    const aliases = `${comText}
here.com. 600 IN CNAME dns.com.
below.com. 600 IN CNAME here2.com.
here2.com. 600 IN CNAME www.abc.com.
away.com. 600 IN CNAME y.example.org.
`;
    expect(recordTexts(ask(owns(aliases), 'here.com.').answers)).toEqual([
      'here.com. 600 CNAME dns.com.',
      `dns.com. 172800 A ${tld}`,
    ]);
    expect(recordTexts(ask(owns(aliases), 'below.com.').answers)).toEqual([
      'below.com. 600 CNAME here2.com.',
      'here2.com. 600 CNAME www.abc.com.',
      'www.abc.com. 200 CNAME y.abc.com.',
      'y.abc.com. 300 A 203.0.113.80',
    ]);
    // Nobody to ask about names outside: the alias is all there is to tell.
    const away = ask(owns(aliases), 'away.com.');
    expect([away.rcode, ...recordTexts(away.answers)]).toEqual([
      Rcode.NOERROR,
      'away.com. 600 CNAME y.example.org.',
    ]);
    expect(away.authorities).toEqual([]);
  });
});

describe('fully iterative: the client walks itself', () => {
  test('the same machine on the client: RD=0 to each server, nobody recurses', () => {
    const net = new OneResolver(tree({}, {addresses: ['192.0.2.10']}));
    expect(resolve(net).result).toBe('ok');
    expect(net.sent.map(({to, message}) => `${to} ${message.flags.rd}`)).toEqual([
      `${root} false`,
      `${tld} false`,
      `${auth} false`,
    ]);
  });

  test('its hosts file comes first', () => {
    const net = new OneResolver(tree());
    net.call({call: 'setHosts', entries: [{name: 'y.abc.com.', address: '192.0.2.99'}]});
    expect(resolve(net)).toMatchObject({result: 'ok', from: 'hosts'});
    expect(net.sent).toEqual([]);
  });
});

test('the same events give the same steps', () => {
  const env = {nowUs: 0, addresses: ['192.0.2.53'], chance: () => 7};
  const start = dnsStart(tree().spec);
  const event = {kind: 'call', token: 1, call: {call: 'resolve', name: 'y.abc.com', type: 1}} as const;
  const [a, b] = [dnsStep(start, event, env), dnsStep(start, event, env)];
  expect(a.effects).toEqual(b.effects);
  const sent = a.effects.flatMap((each) => (each.kind === 'datagram' ? [decodeDns(each.data)] : []));
  expect(sent.map((each) => each.ok && each.value.id)).toEqual([7]);
});

test('a forwarder that tells the alias and no more is asked for its target', () => {
  const alias = {
    name: 'www.abc.com.',
    type: RecordType.CNAME,
    class: 1,
    ttl: 300,
    data: {kind: 'CNAME', name: 'y.abc.com.'},
  } as const;
  const address = {
    name: 'y.abc.com.',
    type: RecordType.A,
    class: 1,
    ttl: 300,
    data: {kind: 'A', address: '203.0.113.80'},
  } as const;
  const forwarder: Server = (message) => ({
    ...message,
    flags: {...message.flags, qr: true, ra: true},
    answers: [message.questions[0]?.name === alias.name ? alias : address],
    additionals: [],
  });
  const net = new OneResolver({spec: recursive({forwarders: [root]}), servers: {[root]: forwarder}});
  net.ask(query('www.abc.com.', 'A', {flags}));
  net.run();
  expect(asked(net)).toEqual([`${root} www.abc.com. A`, `${root} y.abc.com. A`]);
  expect(recordTexts(must(net.responses[0]).message.answers)).toEqual([
    'www.abc.com. 300 CNAME y.abc.com.',
    'y.abc.com. 300 A 203.0.113.80',
  ]);
  expect(net.notes.filter(({kind}) => kind === 'server')).toEqual([]);
});
