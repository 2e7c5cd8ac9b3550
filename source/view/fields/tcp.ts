// Explains fields of TCP: which of them the sender fills from its variables, and which are decided by the rule that sends the segment (RFC
// 9293 §3.1, §3.5.2, §3.8.6, RFC 4987 §2.2).
import {entryAt, instantOf} from '../../account/entries.ts';
import {operandsOf} from '../../account/operands.ts';
import {segmentOf} from '../../account/packet.ts';
import {hasFlag} from '../../wire/tcp.ts';
import {bytesInspectorValueSentences} from '../../words/catalogue/panels.ts';
import {whyField, whyFilled} from '../../words/catalogue/why.ts';
import {isForged} from '../why/forged-entry.ts';
import {type Protocol, type Source, valueIn} from './entry.ts';
import {checksum} from './internet.ts';
import {handedOver, othersPort, ownPort, sizeReason} from './ports.ts';
import {tcpFlags} from './tcp-flags.ts';
import {tcpOptions} from './tcp-options.ts';
import {windowTold} from './window.ts';

/**
 * Explains a TCP sequence number that is not the sender's SND.NXT: an RST takes it from the ACK that it answers, a forged SYN has an
 * invented one. undefined if the number follows from the sender's state.
 */
const strange: Source = ({trace, record, language, host}) => {
  if (isForged(trace, record)) return whyField.forged[language]({host});
  const segment = segmentOf(record);
  const [come] = instantOf(trace, record.sendEvent);
  const heard = operandsOf(trace, entryAt(trace, record.sendEvent)).segment;
  if (segment === undefined || heard === undefined || come?.kind !== 'arrive' || come.packet < 1)
    return undefined;
  const isAnswer = hasFlag(segment, 'RST') && !hasFlag(segment, 'ACK') && hasFlag(heard, 'ACK');
  return isAnswer && heard.ack === segment.seq
    ? whyField.answered[language]({packet: come.packet})
    : undefined;
};

const decided = (): boolean => true;

const data = ['tcp.len = ip.len − ip.hdr_len − tcp.hdr_len', 'tcp.len = ipv6.plen − tcp.hdr_len'];

export const tcp: Protocol = {
  line(layer, {language}) {
    const [source, to, length] = ['srcport', 'dstport', 'hdr_len'].map((name) =>
      valueIn(layer, `tcp.${name}`),
    );
    const ends = `${source} ▸ ${to}`;
    return length === undefined ? ends : bytesInspectorValueSentences.tcp[language]({ends, length});
  },
  fields: {
    ...tcpFlags,
    ...tcpOptions,
    'tcp.srcport': ownPort,
    'tcp.dstport': othersPort,
    'tcp.seq_raw': {
      decided,
      beside: strange,
      laws: ['seg.seq = snd.nxt', "seg.seq = snd.una'"],
      lawsOfSyn: ["seg.seq = iss'"],
    },
    'tcp.ack_raw': {decided, laws: ["seg.ack = rcv.nxt'"]},
    'tcp.hdr_len': {
      sums: ['tcp.hdr_len = 20 + options'],
      from: ({field, language}) => (field.value === '20' ? whyFilled.bare[language] : undefined),
    },
    'tcp.window_size_value': {
      decided,
      laws: ["seg.wnd = rcv.wnd'", "rcv.wnd' = seg.wnd × rcv.scale'"],
      told: windowTold,
    },
    'tcp.checksum': checksum,
    // If a segment has no data, no rule decided its length.
    'tcp.len': {decided: ({field}) => field.value !== '0', sums: data, beside: sizeReason},
    'tcp.payload': {sums: data, from: handedOver},
  },
};
