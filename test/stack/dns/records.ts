// Records and responses for tests of what a resolver makes of them: `name type [value]` in few words.
import type {DnsMessage, DnsQuestion, DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {RecordClass, RecordType} from '../../../source/wire/dns/registry.ts';

const data = (type: string, value: string): RData => {
  if (type === 'A' || type === 'AAAA') return {kind: type, address: value};
  if (type === 'NS' || type === 'CNAME') return {kind: type, name: value};
  if (type === 'MX') return {kind: 'MX', preference: 10, exchange: value};
  if (type === 'SRV') return {kind: 'SRV', priority: 0, weight: 0, port: 80, target: value};
  if (type === 'TXT') return {kind: 'TXT', strings: [value]};
  const numbers = {serial: 1, refresh: 2, retry: 3, expire: 4, minimum: Number(value)};
  return {kind: 'SOA', mname: 'ns.', rname: 'who.', ...numbers};
};

type TypeName = 'A' | 'AAAA' | 'NS' | 'CNAME' | 'MX' | 'SRV' | 'TXT' | 'SOA';

/** `a.example. A 192.0.2.1`, of 300 seconds. */
export const record = (text: string, ttl = 300): DnsRecord => {
  const [name = '', type = '', value = ''] = text.split(' ');
  const known = Object.keys(RecordType).find((each): each is TypeName => each === type);
  if (!known) throw new Error(text);
  return {name, type: RecordType[known], class: RecordClass.IN, ttl, data: data(type, value)};
};

export const question = (text: string): DnsQuestion => {
  const [name = '', type = ''] = text.split(' ');
  return {name, type: new Map(Object.entries(RecordType)).get(type) ?? 0, class: RecordClass.IN};
};

export type Sections = {
  readonly rcode?: number;
  readonly flags?: Partial<DnsMessage['flags']>;
  readonly answers?: readonly string[];
  readonly authorities?: readonly string[];
  readonly additionals?: readonly string[];
};

export const response = ({
  rcode = 0,
  flags,
  answers = [],
  authorities = [],
  additionals = [],
}: Sections): DnsMessage => ({
  id: 1,
  opcode: 0,
  flags: {qr: true, aa: false, tc: false, rd: false, ra: false, ad: false, cd: false, ...flags},
  rcode,
  questions: [],
  answers: answers.map((text) => record(text)),
  authorities: authorities.map((text) => record(text)),
  additionals: additionals.map((text) => record(text)),
});
