// Packetdrill scripts and resolver replays that nobody would write.

const open = `0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
+0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
+0 bind(3, ..., ...) = 0
+0 listen(3, 1) = 0
+0 < S 0:0(0) win 65535 <mss 1460>
+0 > S. 0:0(0) ack 1 <...>
+.1 < . 1:1(0) ack 1 win 65535
+0 accept(3, ..., ...) = 4
`;

/** With the exit code that `check` gives, and a part of what it says. */
export const scripts: Readonly<Record<string, readonly [text: string, exit: 0 | 1, says?: RegExp]>> = {
  'sleeps.pkt': [
    `0 \`sysctl -q net.ipv4.tcp_retries2=1000000000\`\n+${open}+0 write(4, ..., 1000) = 1000\n+99999999 close(4) = 0\n`,
    1,
    /more than 100000 things .*\n.*--max-events 1000000/,
  ],
  'sleeps-long.pkt': [`${open}+99999999999999999999 close(4) = 0\n`, 0],
  'a-gigabyte.pkt': [`${open}+0 write(4, ..., 1000000000) = 1000000000\n`, 1, /it would block/],
  'a-huge-segment.pkt': [`${open}+0 < . 1:4000000000(3999999999) ack 1 win 1000\n`, 1, /too large/],
  'many-lines.pkt': [`${open}${'+0 < . 1:1(0) ack 1 win 1000\n'.repeat(40_000)}`, 0],
  'many-sockets.pkt': ['0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n'.repeat(50_000), 0],
  'a-long-line.pkt': [`${open}+0 write(4, ..., ${'1'.repeat(3_000_000)}) = 1\n`, 1],
  'parentheses.pkt': [`${open}+0 write(${'('.repeat(1_000_000)}) = 1\n`, 1],
  'braces.pkt': [`${open}+0 write(${'{a=['.repeat(100_000)}) = 1\n`, 1, /nested too deeply/],
  'options.pkt': [`${open}+0 < . 1:1(0) ack 1 win 1000 <${'nop,'.repeat(200_000)}nop>\n`, 1],
  'open-comments.pkt': ['/*'.repeat(1_000_000), 1],
  'a-loop.pkt': ['0 `for i in $(seq 1000000000); do :; done`\n%{ while True: pass }%\n', 1],
  'steps.rpl': [
    `${resolver()}${Array.from({length: 20_000}, (_, nth) => query(nth + 1)).join('')}SCENARIO_END\n`,
    1,
  ],
  'ranges.rpl': [`${resolver(8000)}${query(1)}SCENARIO_END\n`, 1],
  'years.rpl': [`${resolver()}${query(1)}STEP 2 TIME_PASSES ELAPSE 99999999999999999\nSCENARIO_END\n`, 1],
  'line-feeds.rpl': ['\n'.repeat(4_000_000), 1],
  'one-line.rpl': [`server:\n${'x'.repeat(4_000_000)}`, 1],
};

function resolver(ranges = 1): string {
  return `stub-zone:
	name: "."
	stub-addr: 193.0.14.129
CONFIG_END
SCENARIO_BEGIN Absurd
${`RANGE_BEGIN 0 100
	ADDRESS 193.0.14.129
ENTRY_BEGIN
MATCH opcode qtype qname
ADJUST copy_id
REPLY QR NOERROR
SECTION QUESTION
www.example.com. IN A
SECTION ANSWER
www.example.com. IN CNAME www.example.com.
ENTRY_END
RANGE_END
`.repeat(ranges)}`;
}

function query(step: number): string {
  return `STEP ${step} QUERY
ENTRY_BEGIN
REPLY RD
SECTION QUESTION
www.example.com. IN A
ENTRY_END
`;
}
