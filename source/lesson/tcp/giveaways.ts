// The fields and values that give away a field of a segment before its question is answered (RFC 9293 §3.3.1).
import type {HostProperty} from '../host-property.ts';
import type {PacketField} from '../packet-field.ts';

/** Maps a field of a segment to the fields that show the same value in another form. */
export const alikeFields: {readonly [field in PacketField]?: readonly PacketField[]} = {
  'tcp.seq_raw': ['tcp.seq'],
  'tcp.seq': ['tcp.seq_raw'],
  'tcp.ack_raw': ['tcp.ack'],
  'tcp.ack': ['tcp.ack_raw'],
  flags: [
    'tcp.flags',
    'tcp.flags.fin',
    'tcp.flags.syn',
    'tcp.flags.reset',
    'tcp.flags.push',
    'tcp.flags.ack',
  ],
};

/** Maps a field of a segment to the variable of its sender that gives the value away. */
export const senderVariables: {readonly [field in PacketField]?: HostProperty} = {
  'tcp.seq_raw': 'snd.nxt',
  'tcp.seq': 'snd.nxt',
  'tcp.ack_raw': 'rcv.nxt',
  'tcp.ack': 'rcv.nxt',
};
