// Fields of TCP segments by their Wireshark names (wireshark.org/docs/dfref).
import {lettersIn} from '../../account/letters.ts';
import {packetLayers} from '../../observe/packet-layers.ts';
import {relativeNumbers} from '../../sim/relative.ts';
import {flagNames, hasFlag, type TcpFlagName, type TcpOption, type TcpSegment} from '../../wire/tcp.ts';
import {optionsLength} from '../../wire/tcp-options.ts';
import {type FieldReader, type FieldValue, number, position, text} from '../field-value.ts';

type Reader = FieldReader<TcpSegment>;

const flag =
  (name: TcpFlagName): Reader =>
  (segment) =>
    number(hasFlag(segment, name) ? 1 : 0);

const option =
  (read: (option: TcpOption) => readonly FieldValue[]): Reader =>
  ({options}) =>
    options.flatMap(read);

const headerBytes = 20;

export const tcpFields = {
  'tcp.srcport': ({srcPort}) => number(srcPort),
  'tcp.dstport': ({dstPort}) => number(dstPort),
  'tcp.port': ({srcPort, dstPort}) => number(srcPort, dstPort),
  'tcp.seq_raw': ({seq}) => position(seq),
  'tcp.ack_raw': ({ack}) => position(ack),
  'tcp.seq': (_, record, trace) => {
    const numbers = relativeNumbers(trace, record.id);
    return numbers ? position(numbers.seq) : [];
  },
  'tcp.ack': (_, record, trace) => {
    const numbers = relativeNumbers(trace, record.id);
    return numbers ? position(numbers.ack) : [];
  },
  'tcp.len': ({payload}) => number(payload.length),
  'tcp.hdr_len': ({options}) => number(headerBytes + optionsLength(options)),
  'tcp.flags': ({flags}) => number(flags),
  'tcp.flags.fin': flag('FIN'),
  'tcp.flags.syn': flag('SYN'),
  'tcp.flags.reset': flag('RST'),
  'tcp.flags.push': flag('PSH'),
  'tcp.flags.ack': flag('ACK'),
  'tcp.flags.urg': flag('URG'),
  'tcp.flags.ece': flag('ECE'),
  'tcp.flags.cwr': flag('CWR'),
  'tcp.window_size_value': ({window}) => number(window),
  /** The status of the TCP checksum: 0 for wrong, 1 for right, 2 for unverifiable. */
  'tcp.checksum.status': (_, {id}, trace) => {
    const fields = packetLayers(trace, id).layers.flatMap((layer) => layer.fields);
    return number(
      ...fields.flatMap(({name, value}) => (name === 'tcp.checksum.status' ? Number(value) : [])),
    );
  },
  'tcp.urgent_pointer': ({urgent}) => number(urgent),
  'tcp.options.mss_val': option((each) => (each.kind === 'mss' ? number(each.mss) : [])),
  'tcp.options.wscale.shift': option((each) => (each.kind === 'windowScale' ? number(each.shift) : [])),
  'tcp.options.sack_perm': option((each) => (each.kind === 'sackPermitted' ? number(1) : [])),
  'tcp.options.sack_le': option((each) =>
    each.kind === 'sack' ? each.blocks.flatMap(({left}) => position(left)) : [],
  ),
  'tcp.options.sack_re': option((each) =>
    each.kind === 'sack' ? each.blocks.flatMap(({right}) => position(right)) : [],
  ),
  'tcp.options.timestamp.tsval': option((each) => (each.kind === 'timestamps' ? number(each.val) : [])),
  'tcp.options.timestamp.tsecr': option((each) => (each.kind === 'timestamps' ? number(each.ecr) : [])),
  /** A field that Wireshark does not have: the flags as the ladder diagram writes them, `SYN,ACK`. */
  flags: (segment) => text(flagNames(segment).join(',')),
  /** A field that Wireshark does not have: the text that the segment carries, as the ladder diagram writes it. */
  letters: ({payload}, _, trace) => text(...[lettersIn(trace, payload)].flatMap((letters) => letters ?? [])),
} satisfies {readonly [field: string]: Reader};
