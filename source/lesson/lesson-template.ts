// The texts of the lesson and of the challenge that the command `new` writes; they pass `check` as they are.
import {newChallenge as challenge, newLesson as texts} from '../words/catalogue/new-lesson.ts';
import {published, type Text} from './text.ts';
import type {Track} from './tracks.ts';

/** Returns a text as an inline YAML mapping from language to text. */
export const inline = (text: Text): string =>
  `{${published.map((language) => `${language}: ${text[language]}`).join(', ')}}`;

/** Returns a text as YAML, with a line for each language. A value that contains `: ` is quoted. */
export const lines = (text: Text, indent: number): string =>
  published
    .map((language) => {
      const said = text[language];
      const value = said.includes(': ') ? `'${said.replaceAll("'", "''")}'` : said;
      return `${' '.repeat(indent)}${language}: ${value}`;
    })
    .join('\n');

const twoHosts = `topology:
  hosts:
    client: {ip: 192.0.2.10, iss: 1000}
    server: {ip: 198.51.100.20, iss: 9000}
  links:
    - {name: path, between: [client, server], delay: 50ms}`;

/** Returns the file of a new lesson, as the command `new` writes it; `schema` is the path of the JSON Schema from the lesson's folder. */
export const newLesson = (
  id: string,
  schema: string,
  track: Track = 'tcp-open',
): string => `# yaml-language-server: $schema=${schema}
# Judge it with \`packet-tutor check\`, watch it with \`packet-tutor play\`. Both languages are written, not translated.
format: 2
id: ${id}
title: ${inline(texts.title)}
summary:
${lines(texts.summary, 2)}
track: ${track}
minutes: 5
rfc: [9293 §3.5]

# Who there is. Left out: two hosts, client and server, 50 ms apart.
${twoHosts}

# What they do. What follows from it, the simulator says.
script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000, as: c}
  - {on: {host: client, event: connected, of: c}, call: send, bytes: 100}

runs:
  base: {}
  lost:
    title: ${inline(texts.lost)}
    faults: [{drop: {from: client, flags: [SYN], nth: 1}}]

# What texts call packets.
packets:
  syn: {sends: client, flags: [SYN]}

# The quiz asks the questions of this file first, then questions of these kinds, which \`quiz\` makes of the runs.
# Name the kinds that are about what you teach (docs/quiz.md lists them all). Without \`kinds:\` every kind of the track comes.
kinds: [next-ack, next-seq, fill-in-handshake]

beats:
  - when: {sends: client, flags: [SYN]}
    show: [state, snd.nxt]
    say:
${lines(texts.asks, 6)}
    myth: isn-zero-or-one

  - before: {sends: server, flags: [SYN, ACK]}
    ask:
${lines(texts.ask, 6)}
    hint:
${lines(texts.hint, 6)}
    answer: packet(syn).tcp.seq_raw + 1
    asks: [tcp.ack_raw]
    distractors:
      - {value: packet(syn).tcp.seq_raw, misconception: ack-is-last-byte-received}
      - {value: packet(syn).tcp.seq_raw + 100}
    explain:
${lines(texts.explain, 6)}

  - when: {delivers: server, length: 100}
    show: [rcv.nxt]
    say:
${lines(texts.arrived, 6)}

checks:
  - {that: 'time({enters: ESTABLISHED, host: client}) == 100ms', because: one round trip}
  - {run: lost, that: 'count({sends: client, flags: [SYN]}) == 2', because: the SYN is sent again}

whatIf:
  - id: lose-data
    title: ${inline(texts.whatIf)}
    faults: [{drop: {from: client, data: true, nth: 1}}]
    say:
${lines(texts.again, 6)}
    expect: [{sends: client, carries: data, retransmission: true}]
    checks: [{that: 'last({sends: client, carries: data}).tcp.seq_raw == first({sends: client, carries: data}).tcp.seq_raw'}]
`;

/** Returns a new challenge, which passes its check as it is; `schema` is the path of the JSON Schema from its folder. */
export const newChallenge = (id: string, schema: string): string => `# yaml-language-server: $schema=${schema}
# Judge it with \`packet-tutor check\`, which plays the solution and the near misses; try it with \`packet-tutor challenge\`.
format: 2
id: ${id}
title: ${inline(challenge.title)}
track: challenges

${twoHosts}

# What happens if the learner does nothing. It must not meet the goal.
script:
  - {at: 0ms, host: server, call: listen, port: 80}
  - {at: 0ms, host: client, call: connect, to: 'server:80', from: 40000}
  - {on: {host: client, event: connected}, call: send, bytes: 100}

challenge:
  sort: make # make it happen, mend it, cost it
  level: 1 # 1 needs how a connection opens, 2 the rest of TCP and DNS, 3 everything
  task:
${lines(challenge.task, 4)}
  # Events that all have to happen, each with its line of the checklist. Beside them \`holds:\` has conditions, \`{that, say}\`,
  # which have to be true when the run has ended.
  goal:
    - event: {sends: client, carries: data, retransmission: true}
      say:
${lines(challenge.goal, 8)}
  # Calls, kinds of faults, and places of settings such as path.delay or server.tcp.*
  offer: [drop, delay, path.delay]
  uses: {drop: 1}
  par: 1
  hints:
    -
${lines(challenge.first, 6)}
    -
${lines(challenge.second, 6)}
    -
${lines(challenge.third, 6)}
  solution: ['drop@packet=4']
  # Near misses, each with the condition by which the finished run shows it, and what to say.
  misses:
    - changes: ['drop@packet=1']
      when: 'count({sends: client, flags: [SYN]}) > 1'
      say:
${lines(challenge.miss, 8)}
  learnt:
${lines(challenge.learnt, 4)}
  # The lesson that explains it.
  lesson: loss-recovery
`;
