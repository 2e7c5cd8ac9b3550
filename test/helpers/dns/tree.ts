// The servers of curriculum lesson 20: root, com, abc.com, and a resolver that knows the root's address.
import {answerFrom} from '../../../source/stack/dns/authority.ts';
import {type ResolverSettings, resolverDefaults} from '../../../source/stack/dns/resolver-settings.ts';
import {type Zone, zoneOf} from '../../../source/stack/dns/zone.ts';
import {parseRecords, parseZone} from '../../../source/stack/dns/zone-file.ts';
import type {DnsMessage, DnsRecord} from '../../../source/wire/dns/message.ts';
import {Rcode, RecordType, typeName} from '../../../source/wire/dns/registry.ts';
import {must, type Net, type OneResolver, type Server} from './one-resolver.ts';

export const zone = (text: string, origin?: string): Zone => {
  const data = parseZone(text, origin);
  if (!data.ok) throw new Error(JSON.stringify(data.error));
  return zoneOf(data.value);
};

/** An authoritative server of these zones. */
export const serves =
  (...zones: readonly Zone[]): Server =>
  (query) =>
    answerFrom(zones, query).response;

export const rootText = `
. 518400 IN SOA root. admin. 1 1800 900 604800 86400
. 518400 IN NS root.
root. 518400 IN A 198.51.100.1
com. 172800 IN NS dns.com.
dns.com. 172800 IN A 198.51.100.2
net. 172800 IN NS dns.net.
dns.net. 172800 IN A 198.51.100.3
`;

export const comText = `
com. 900 IN SOA dns.com. admin.com. 1 1800 900 604800 900
com. 172800 IN NS dns.com.
dns.com. 172800 IN A 198.51.100.2
abc.com. 172800 IN NS dns.abc.com.
dns.abc.com. 172800 IN A 203.0.113.53
`;

export const abcText = `
abc.com. 3600 IN SOA dns.abc.com. admin.abc.com. 1 1800 900 604800 60
abc.com. 172800 IN NS dns.abc.com.
dns.abc.com. 172800 IN A 203.0.113.53
y.abc.com. 300 IN A 203.0.113.80
www.abc.com. 200 IN CNAME y.abc.com.
`;

export const root = '198.51.100.1';
export const tld = '198.51.100.2';
export const auth = '203.0.113.53';

export const treeServers: Readonly<Record<string, Server>> = {
  [root]: serves(zone(rootText)),
  [tld]: serves(zone(comText)),
  [auth]: serves(zone(abcText)),
};

export const recursive = (settings: Partial<ResolverSettings> = {}): Net['spec'] => ({
  role: 'recursive',
  settings: {...resolverDefaults, roots: [{name: 'root.', addresses: [root]}], ...settings},
});

export const tree = (settings: Partial<ResolverSettings> = {}, net: Partial<Net> = {}): Net => ({
  spec: recursive(settings),
  servers: treeServers,
  ...net,
});

export const records = (text: string): readonly DnsRecord[] => {
  const read = parseRecords(text);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};

type Said = {
  rcode?: number;
  aa?: boolean;
  ra?: boolean;
  answers?: string;
  authorities?: string;
  additionals?: string;
};

export const says = (said: Said): Server => {
  const {rcode = Rcode.NOERROR, aa = false, ra = false} = said;
  return (asked): DnsMessage => ({
    ...asked,
    flags: {...asked.flags, qr: true, aa, ra},
    rcode,
    answers: records(said.answers ?? ''),
    authorities: records(said.authorities ?? ''),
    additionals: records(said.additionals ?? ''),
  });
};

/** The zone com with these lines. */
export const comWith = (text: string): Server =>
  serves(
    zone(`com. 900 IN SOA dns.com. admin.com. 1 1800 900 604800 900
com. 172800 IN NS dns.com.
dns.com. 172800 IN A ${tld}
${text}`),
  );

/** The answer to a call, when everything has come to rest. */
export const resolve = (net: OneResolver, name = 'y.abc.com', type: number = RecordType.A) => {
  const token = net.call({call: 'resolve', name, type});
  net.run();
  return must(net.answers.get(token));
};

/** Server, name and type of each query, in order. */
export const asked = (net: OneResolver): readonly string[] =>
  net.sent.map(
    ({to, message}) => `${to} ${message.questions[0]?.name} ${typeName(message.questions[0]?.type ?? 0)}`,
  );
