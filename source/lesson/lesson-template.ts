// What `new` writes: a lesson that passes its check as it stands.

/** `schema`: where an editor finds the JSON Schema, from the lesson's folder. */
export const newLesson = (id: string, schema: string): string => `# yaml-language-server: $schema=${schema}
# Judge it with \`packet-tutor check\`, watch it with \`packet-tutor play\`. Both languages are written, not translated.
format: 1
id: ${id}
title: {en: A first connection, zh: 第一次连接}
summary:
  en: One client, one server, 100 bytes. Change the causes and see what follows.
  zh: 一个客户端，一个服务器，100 字节。改一改动因，看看结果。
track: tcp-open
minutes: 5
rfc: [9293 §3.5]

# Who there is. Left out: two hosts, client and server, 50 ms apart.
topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: path, between: [client, server], delay: 50ms}

# What they do. What follows from it, the simulator says.
script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {on: {host: client, event: connected, of: c}, call: send, bytes: 100}

runs:
  base: {}
  lost:
    title: {en: The SYN is lost, zh: SYN 丢失}
    faults: [{drop: {from: client, flags: [SYN], nth: 1}}]

beats:
  - when: {sends: client, flags: [SYN]}
    show: [state, snd.nxt]
    say:
      en: The client asks for a connection. Its first number is {p.tcp.seq_raw}.
      zh: 客户端请求建立连接，它的初始序号是 {p.tcp.seq_raw}。
    myth: isn-zero-or-one

  - before: {sends: server, flags: [SYN, ACK]}
    ask:
      en: Which acknowledgement number will the server send?
      zh: 服务器的确认号会是多少？
    hint:
      en: The SYN carried no data.
      zh: SYN 没有带数据。
    answer: packet(1).tcp.seq_raw + 1
    asks: [tcp.ack_raw]
    distractors:
      - {value: packet(1).tcp.seq_raw, misconception: ack-is-last-byte-received}
      - {value: packet(1).tcp.seq_raw + 100}
    explain:
      en: The SYN took up {packet(1).tcp.seq_raw}.
      zh: SYN 占用了 {packet(1).tcp.seq_raw}。

  - when: {delivers: server, length: 100}
    show: [rcv.nxt]
    say:
      en: All 100 bytes have arrived. The server expects {server.rcv.nxt} next.
      zh: 100 个字节都到了。服务器接下来期望 {server.rcv.nxt}。

checks:
  - {that: 'time({enters: ESTABLISHED, host: client}) == 100ms', because: one round trip}
  - {run: lost, that: 'count({sends: client, flags: [SYN]}) == 2', because: the SYN is sent again}

whatIf:
  - title: {en: The data are lost, zh: 数据丢失}
    faults: [{drop: {from: client, data: true, nth: 1}}]
    say:
      en: The client sends them again, with the same number.
      zh: 客户端用同样的序号重发。
    expect: [{sends: client, carries: data, retransmission: true}]
    checks: [{that: 'last({sends: client, carries: data}).tcp.seq_raw == first({sends: client, carries: data}).tcp.seq_raw'}]
`;
