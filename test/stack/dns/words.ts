// Messages in the words of the RFCs' examples: `NAME TTL TYPE RDATA`, as dig prints them.
import type {DnsMessage, DnsRecord, RData} from '../../../source/wire/dns/message.ts';
import {RecordClass, RecordType, rcodeName, typeName, typeNumber} from '../../../source/wire/dns/registry.ts';

const hexText = (hex: string): string =>
  `"${(hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join('')}"`;

export const dataText = (data: RData): string => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
    case 'DNAME':
      return data.name;
    case 'SOA':
      return [data.mname, data.rname, data.serial, data.refresh, data.retry, data.expire, data.minimum].join(
        ' ',
      );
    case 'MX':
      return `${data.preference} ${data.exchange}`;
    case 'TXT':
      return data.strings.map(hexText).join(' ');
    case 'SRV':
      return [data.priority, data.weight, data.port, data.target].join(' ');
    case 'OPT':
      return '';
    default:
      return `\\# ${data.octets.length / 2} ${data.octets}`.trim();
  }
};

export const recordText = ({name, ttl, type, data}: DnsRecord): string =>
  `${name} ${ttl} ${typeName(type)} ${dataText(data)}`;

/** Without OPT, in the order of the message. */
export const recordTexts = (records: readonly DnsRecord[]): readonly string[] =>
  records.filter(({type}) => type !== RecordType.OPT).map(recordText);

export type Told = {
  readonly rcode: string;
  readonly aa: boolean;
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
};

export const told = ({rcode, flags, answers, authorities, additionals}: DnsMessage): Told => ({
  rcode: rcodeName(rcode),
  aa: flags.aa,
  answer: recordTexts(answers),
  authority: recordTexts(authorities),
  additional: recordTexts(additionals),
});

export const query = (name: string, type: string, change: Partial<DnsMessage> = {}): DnsMessage => ({
  id: 0x1a2b,
  opcode: 0,
  flags: {qr: false, aa: false, tc: false, rd: false, ra: false, ad: false, cd: false},
  rcode: 0,
  questions: [{name, type: typeNumber(type) ?? 0, class: RecordClass.IN}],
  answers: [],
  authorities: [],
  additionals: [],
  ...change,
});
