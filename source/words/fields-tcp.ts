// What each field of TCP and UDP says, one sentence each, with the clause that defines it.
import {type FieldTexts, field} from './field-text.ts';

const header = 'RFC 9293 §3.1';
const options = 'RFC 9293 §3.2';

export const tcpFields: FieldTexts = {
  'tcp.srcport': field(header, 'the port of the program that sent this segment.', '发送方程序的端口。'),
  'tcp.dstport': field(
    header,
    'the port of the program that this segment is for.',
    '这个报文段要交给的程序的端口。',
  ),
  'tcp.seq_raw': field(
    'RFC 9293 §3.4',
    'the sequence number of the first byte of data, or of the SYN.',
    '首个数据字节的序号；带 SYN 时是 SYN 的序号。',
  ),
  'tcp.ack_raw': field(
    'RFC 9293 §3.4',
    'the next sequence number this segment’s sender wants.',
    '这个报文段的发送方期待的下一个序号。',
  ),
  'tcp.len': field(
    'RFC 9293 §3.4',
    'bytes of data in this segment, header not counted.',
    '数据字节数，不含首部。',
  ),
  'tcp.hdr_len': field(
    header,
    'length of the header, on the wire in 32-bit words.',
    '首部长度；线路上以 32 位字为单位。',
  ),
  'tcp.flags': field(header, 'the control bits: what this segment is for.', '控制位：说明这个报文段的用途。'),
  'tcp.flags.res': field(header, 'three reserved bits; senders set them to 0.', '三个保留位，发送方置 0。'),
  'tcp.flags.ae': field(
    'RFC 9768 §3',
    'Accurate ECN; older stacks know this bit as reserved or as a nonce sum.',
    '精确 ECN；较早的协议栈把它当作保留位或随机数和。',
  ),
  'tcp.flags.cwr': field(
    'RFC 3168 §6.1.2',
    'Congestion Window Reduced: the sender has answered an ECN-Echo.',
    'CWR：发送方已响应 ECN-Echo，减小了拥塞窗口。',
  ),
  'tcp.flags.ece': field(
    'RFC 3168 §6.1.3',
    'ECN-Echo: a router on the way has marked congestion.',
    'ECN-Echo：途中有路由器标记了拥塞。',
  ),
  'tcp.flags.urg': field(header, 'URG: the urgent pointer is valid.', 'URG：紧急指针有效。'),
  'tcp.flags.ack': field(header, 'ACK: the acknowledgement number is valid.', 'ACK：确认号有效。'),
  'tcp.flags.push': field(
    'RFC 9293 §3.9.1.2',
    'PSH: hand the data to the program without waiting for more.',
    'PSH：立即把数据交给程序，不再等更多。',
  ),
  'tcp.flags.reset': field(
    'RFC 9293 §3.5.2',
    'RST: this connection is over at once, or was never there.',
    'RST：连接立即终止，或根本不存在。',
  ),
  'tcp.flags.syn': field(
    'RFC 9293 §3.5',
    'SYN: seq is the sender’s initial sequence number.',
    'SYN：seq 是发送方的初始序号。',
  ),
  'tcp.flags.fin': field(
    'RFC 9293 §3.6',
    'FIN: the sender has no more data to send.',
    'FIN：发送方不再发数据。',
  ),
  'tcp.flags.str': field(
    header,
    'the twelve bits as letters, a dot for 0.',
    '十二个标志位的字母写法，点表示 0。',
  ),
  'tcp.window_size_value': field(
    'RFC 9293 §3.8.6',
    'bytes beyond ack that the sender of this segment can take in.',
    '从确认号起，发送方还能接收的字节数。',
  ),
  'tcp.checksum': field(
    header,
    'guards header, data and both IP addresses against damage on the way.',
    '校验首部、数据和两个 IP 地址，发现途中的损坏。',
  ),
  'tcp.checksum.status': field(
    header,
    'whether the checksum agrees with the bytes: 1 yes, 0 no, 2 not judged.',
    '校验和与字节是否相符：1 相符，0 不符，2 未判断。',
  ),
  'tcp.urgent_pointer': field(
    'RFC 9293 §3.8.5',
    'where urgent data end, counted from seq; new programs do not use it.',
    '紧急数据的末尾，从 seq 算起；新程序不应使用。',
  ),
  'tcp.options': field(
    options,
    'what the fixed header has no room for, up to 40 bytes.',
    '固定首部放不下的内容，最多 40 字节。',
  ),
  'tcp.option_kind': field(options, 'the number that says which option this is.', '选项的种类编号。'),
  'tcp.option_len': field(
    options,
    'bytes of this option, kind and length included.',
    '选项的字节数，包括种类和长度。',
  ),
  'tcp.options.eol': field(options, 'the list of options ends here.', '选项列表到此结束。'),
  'tcp.options.nop': field(
    options,
    'one byte of padding, so that options lie on 32-bit borders.',
    '一个填充字节，让选项对齐 32 位边界。',
  ),
  'tcp.options.mss': field(
    'RFC 9293 §3.7.1',
    'Maximum Segment Size; only in a SYN.',
    '最大报文段长度，只出现在 SYN 中。',
  ),
  'tcp.options.mss_val': field(
    'RFC 9293 §3.7.1',
    'the most bytes of data the sender of this option takes in one segment.',
    '发送方愿意在一个报文段里接收的最多数据字节。',
  ),
  'tcp.options.wscale': field(
    'RFC 7323 §2',
    'Window Scale; both SYNs must carry it.',
    '窗口扩大选项，两个 SYN 都带才生效。',
  ),
  'tcp.options.wscale.shift': field(
    'RFC 7323 §2.2',
    'the window fields that follow are shifted left by so many bits.',
    '此后窗口字段左移的位数。',
  ),
  'tcp.options.wscale.multiplier': field(
    'RFC 7323 §2.3',
    'the shift as a factor: later windows are multiplied by it.',
    '移位换成倍数：此后的窗口乘以它。',
  ),
  'tcp.options.sack_perm': field(
    'RFC 2018 §2',
    'the sender understands selective acknowledgements; only in a SYN.',
    '发送方支持选择确认，只出现在 SYN 中。',
  ),
  'tcp.options.sack': field(
    'RFC 2018 §3',
    'blocks that have arrived beyond ack, with gaps before them.',
    '确认号之后已收到的块，前面有缺口。',
  ),
  'tcp.options.sack_le': field(
    'RFC 2018 §3',
    'the first sequence number of a block that has arrived.',
    '已收到的块的第一个序号。',
  ),
  'tcp.options.sack_re': field(
    'RFC 2018 §3',
    'the sequence number after the last one of that block.',
    '已收到的块之后的下一个序号。',
  ),
  'tcp.options.sack.count': field(
    'RFC 2018 §3',
    'how many blocks this option reports.',
    '这个选项报告的块数。',
  ),
  'tcp.options.timestamp': field(
    'RFC 7323 §3',
    'Timestamps: for measuring round trips and refusing old segments.',
    '时间戳：测量往返时间，拒绝过时的报文段。',
  ),
  'tcp.options.timestamp.tsval': field(
    'RFC 7323 §3.2',
    'the sender’s clock when this segment left.',
    '报文段发出时发送方的时钟值。',
  ),
  'tcp.options.timestamp.tsecr': field(
    'RFC 7323 §3.2',
    'the peer’s clock value that is echoed back to it.',
    '回送给对端的时钟值。',
  ),
  'tcp.payload': field(
    header,
    'the data: bytes of the stream, from seq on.',
    '数据：字节流中从 seq 开始的一段。',
  ),
};

export const udpFields: FieldTexts = {
  'udp.srcport': field('RFC 768', 'the port that an answer goes to.', '应答要发往的端口。'),
  'udp.dstport': field(
    'RFC 768',
    'the port of the program that this datagram is for.',
    '这个数据报要交给的程序的端口。',
  ),
  'udp.length': field('RFC 768', 'bytes of header and data together.', '首部加数据的字节数。'),
  'udp.checksum': field(
    'RFC 768',
    'guards header, data and both IP addresses; 0 means there is none.',
    '校验首部、数据和两个 IP 地址；0 表示没有校验和。',
  ),
  'udp.checksum.status': field(
    'RFC 768',
    'whether the checksum agrees with the bytes: 1 yes, 0 no, 2 not judged, 3 absent.',
    '校验和与字节是否相符：1 相符，0 不符，2 未判断，3 没有。',
  ),
  'udp.payload': field('RFC 768', 'the data of this datagram.', '数据报的数据。'),
};
