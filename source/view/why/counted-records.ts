// *Why?* of a count in the header of a DNS message: the records that it counts (RFC 1035 §4.1.1; OPT: RFC 6891 §6.1).
import {messagesIn} from '../../account/dns/messages.ts';
import {spokenName} from '../../account/dns-parts.ts';
import type {DnsMessage, DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {RecordType, typeName} from '../../wire/dns/registry.ts';
import {whyCounted} from '../../words/catalogue/why.ts';
import {terminal} from '../../words/written.ts';
import type {View} from '../view.ts';

type Entry = DnsQuestion | DnsRecord;

const sections: {readonly [field: string]: (message: DnsMessage) => readonly Entry[]} = {
  'dns.count.queries': ({questions}) => questions,
  'dns.count.answers': ({answers}) => answers,
  'dns.count.auth_rr': ({authorities}) => authorities,
  'dns.count.add_rr': ({additionals}) => additionals,
};

/** Of more than these the first are named. */
const namedMost = 4;

const entryText = ({name, type}: Entry): string => `${terminal.text(spokenName(name))} ${typeName(type)}`;

/** undefined: it is no such count, or a question may ask for what the message holds. */
export const countedText = (view: View, packet: number, field: string): string | undefined => {
  const {input, hidden, language} = view;
  const message = messagesIn(input.trace).find((each) => each.packet === packet)?.message;
  const entries = message && hidden.length === 0 ? sections[field]?.(message) : undefined;
  if (entries === undefined) return undefined;
  const records = entries.filter(({type}) => type !== RecordType.OPT);
  const opt = entries.find(({type}) => type === RecordType.OPT);
  return whyCounted[language]({
    count: records.length,
    records: records.slice(0, namedMost).map(entryText),
    more: Math.max(0, records.length - namedMost),
    opt: opt?.class,
  });
};
