// What `new --pack` writes: a folder with a lesson, a belief that its run contradicts, and a question about it.
import {newLesson} from './lesson-template.ts';

export type NewFile = {readonly path: string; readonly text: string};

const lesson = 'first-connection';

/** Two packs may stand beside each other: what they call their beliefs should differ. */
const beliefOf = (pack: string): string => `${pack}-data-in-syn`;

const beliefs = (
  pack: string,
): string => `# What learners of this pack may believe. Lessons name it: misconception: ${beliefOf(pack)}
# answerMeans: is the reply to a choice that holds the belief; {given} and {right} in it are the two choices.
# counter: is the run that contradicts it; \`packet-tutor check\` makes sure that it does.
- id: ${beliefOf(pack)}
  name: {en: data in the first packet, zh: 第一个分组就带数据}
  belief:
    en: The first packet of a connection carries the first bytes of the data.
    zh: 连接的第一个分组里就带着最前面的数据。
  correct:
    en: The SYN only opens the connection; data leave once the client has the SYN,ACK.
    zh: SYN 只负责建立连接；客户端收到 SYN,ACK 之后才开始发数据。
  answerMeans:
    en: That would be data before there is a connection. The SYN only opens it.
    zh: 这等于连接还没建立就发了数据。SYN 只负责建立连接。
  rfc: 9293 §3.5
  lesson: ${lesson}
  counter:
    lesson: ${lesson}
    run: base
    at: {delivers: server, length: 100}
    that: 'first({sends: client, carries: data}).frame.number > 2'
    shown:
      en: 'The client’s first data travel in packet {first({sends: client, carries: data}).frame.number}.'
      zh: '客户端最早的数据在第 {first({sends: client, carries: data}).frame.number} 个分组里。'
    believed:
      en: 'The client’s first data travel in packet {packet(1).frame.number}.'
      zh: 客户端最早的数据在第 {packet(1).frame.number} 个分组里。
`;

const questions = (pack: string): string => `
# Asked by \`packet-tutor quiz\` alone; the lesson does not stop for them.
questions:
  - before: {sends: client, flags: [SYN]}
    ask:
      en: A client opens a connection. How many bytes of data will its first packet carry?
      zh: 客户端要建立连接。它的第一个分组会带多少字节数据？
    hint:
      en: Is there a connection yet?
      zh: 这时连接建立了吗？
    answer: packet(1).tcp.len
    asks: [tcp.len]
    distractors:
      - {value: 'first({sends: client, carries: data}).tcp.len', misconception: ${beliefOf(pack)}}
      - {value: 1}
    explain:
      en: A SYN takes up one sequence number, but carries {packet(1).tcp.len} bytes.
      zh: SYN 占一个序号，但带 {packet(1).tcp.len} 字节数据。
`;

const readme = (name: string): string => `# ${name}

Lessons for packet-tutor. Each is one file in \`lessons/\`; \`lessons/misconceptions.yaml\` says what learners may believe.

\`\`\`sh
npm install
npm test                                          # judges every lesson
npx packet-tutor play lessons/first-connection.yaml
npx packet-tutor quiz .                           # questions about all of them
npx packet-tutor quiz . --seed 7 --json           # the same sheet for a whole class
npx packet-tutor new lessons/another              # one more
\`\`\`

${name} 是 packet-tutor 的课程包，每课一个文件，放在 \`lessons/\` 里；学习者可能有的误解写在
\`lessons/misconceptions.yaml\`。\`npm test\` 检查全部课程，\`npx packet-tutor quiz .\` 就这些课程出题。
`;

/** A folder with one lesson and its belief, ready for `npm install && npm test`. */
export const newPack = (name: string, version: string): readonly NewFile[] => [
  {
    path: 'package.json',
    text: `${JSON.stringify(
      {
        name,
        version: '0.1.0',
        private: true,
        keywords: ['packet-tutor-pack'],
        files: ['lessons'],
        scripts: {test: 'packet-tutor check lessons/*.yaml'},
        devDependencies: {'packet-tutor': `^${version}`},
      },
      undefined,
      2,
    )}\n`,
  },
  {path: 'README.md', text: readme(name)},
  {path: 'lessons/misconceptions.yaml', text: beliefs(name)},
  {
    path: `lessons/${lesson}.yaml`,
    text: newLesson(lesson, '../node_modules/packet-tutor/dist/lesson.schema.json') + questions(name),
  },
];
