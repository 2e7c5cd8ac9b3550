// Makes the pictures of the README and the guide from the real program: `npm run pictures` after `npm run build`; some of them with their names after `--`.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {movingSvgOf, rowsOf, screenOf, svgOf} from './terminal-picture.mjs';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const dark = {foreground: '#e6e9ef', background: '#16181d'};
const light = {foreground: '#1f2430', background: '#ffffff'};

/** Answers right, lets the second packet leave, and stops it in the middle of its way. */
const secondPacketInFlight = [
  {see: 'You will'},
  ' ',
  {see: '1/7'},
  ' ',
  {see: '2/7'},
  ' ',
  {see: 'ack=▐'},
  'b',
  {see: '1001'},
  '\r',
  500,
  ' ',
  300,
];

const pictures = [
  {
    name: 'lost-en-80',
    title: 'A packet is lost on purpose, its timer expires, and it is sent again',
    args: ['play', 'handshake', '--lang', 'en', '--theme', 'dark'],
    columns: 80,
    rows: 24,
    moves: true,
    steps: [
      ...[{see: 'You will'}, 1500, ' ', {see: '1/7'}, 1500],
      ...['x', {see: 'lose it'}, 1000, '\r', {see: 'Your run begins'}, 1800],
      ...[' ', {see: '✗ lost'}, 2500, ' ', {see: '↺'}, 2000, 'w', {see: 'caused by'}, 4000],
    ],
    colours: dark,
  },
  {
    name: 'handshake-en-80',
    title: 'The second packet of the handshake on its way',
    args: ['play', 'handshake', '--lang', 'en', '--theme', 'dark'],
    columns: 80,
    rows: 24,
    steps: secondPacketInFlight,
    colours: dark,
  },
  {
    name: 'teardown-zh-120',
    title: 'The end of the four-segment close, in Chinese, on a larger screen',
    args: ['play', 'teardown', '--lang', 'zh', '--theme', 'light', '--at', 'enters: CLOSED, host: server'],
    columns: 120,
    rows: 40,
    steps: [{see: '2 MSL'}, 500],
    colours: light,
  },
  {
    name: 'url-en-120',
    title: 'From URL to page: DNS, TCP, TLS and HTTP, and what each has cost',
    args: [
      'play',
      'url-to-page',
      '--lang',
      'en',
      '--theme',
      'dark',
      '--at',
      'call: get, host: pc, returns: ok, nth: 2',
    ],
    columns: 120,
    rows: 40,
    steps: [{see: '630 ms'}, 500],
    colours: dark,
  },
  {
    name: 'url-zh-120',
    title: 'From URL to page, in Chinese: DNS, TCP, TLS and HTTP, and what each has cost',
    args: [
      'play',
      'url-to-page',
      '--lang',
      'zh',
      '--theme',
      'dark',
      '--at',
      'call: get, host: pc, returns: ok, nth: 2',
    ],
    columns: 120,
    rows: 40,
    steps: [{see: '630 ms'}, 500],
    colours: dark,
  },
  {
    name: 'fork-en-120',
    title: 'The third segment of the handshake is lost: the lesson’s run and the reader’s own, side by side',
    args: ['play', 'handshake', '--lang', 'en', '--theme', 'dark', '--at', 'end'],
    columns: 120,
    rows: 40,
    steps: [
      {see: 'ESTABLISHED'},
      'x',
      {see: 'lose it'},
      '\r',
      {see: 'your run'},
      'G',
      400,
      'd',
      {see: 'first difference'},
      'G',
      400,
    ],
    colours: dark,
  },
  {
    name: 'dns-en-120',
    title: 'The resolver walks from the root to the answer; below it what its cache knows by now',
    args: ['play', 'dns-iterative', '--lang', 'en', '--theme', 'dark', '--at', 'arrives: auth'],
    columns: 120,
    rows: 40,
    steps: [{see: '105 ms'}, 500],
    colours: dark,
  },
  {
    name: 'congestion-en-120',
    title: 'Bytes and the congestion window over time, beside the packets',
    args: ['play', 'congestion', '--lang', 'en', '--theme', 'dark', '--at', 'end'],
    columns: 120,
    rows: 40,
    steps: [{see: 'ssthresh'}, 500],
    colours: dark,
  },
  {
    name: 'layers-zh-120',
    title: 'One click: the boxes of a frame with their sizes, in Chinese',
    args: [
      'play',
      'layers',
      '--lang',
      'zh',
      '--theme',
      'light',
      '--at',
      'arrives: server, http: {method: GET}',
    ],
    columns: 120,
    rows: 40,
    steps: [{see: 'FCS'}, 500],
    colours: light,
  },
  {
    name: 'http-en-120',
    title: 'Three requests over one connection, as a chart of time',
    args: [
      'play',
      'http-connections',
      '--run',
      'persistent',
      '--lang',
      'en',
      '--theme',
      'dark',
      '--at',
      '500ms',
    ],
    columns: 120,
    rows: 40,
    steps: [{see: 'segments'}, 500],
    colours: dark,
  },
  {
    name: 'capture-en-120',
    title: 'What is in a capture: its connections, what is odd in them, and the lesson that explains it',
    args: ['play', 'test/fixtures/inspected/18a-mixed-twelve.pcap', '--lang', 'en', '--theme', 'dark'],
    columns: 120,
    rows: 40,
    steps: [{see: 'notable'}, ...Array(5).fill('\u001b[B'), {see: 'RST instead'}, 300],
    colours: dark,
  },
  {
    name: 'capture-zh-120',
    title: 'A lossy download from a capture, in Chinese: states deduced (◌), times estimated (≈)',
    args: [
      'play',
      'test/fixtures/inspected/08j-three-losses.pcapng',
      '--lang',
      'zh',
      '--theme',
      'light',
      '--at',
      '679ms',
    ],
    columns: 120,
    rows: 40,
    steps: [{see: '◌'}, 1500],
    colours: light,
  },
  {
    name: 'quiz-en-80',
    title:
      'The reply to a wrong answer: what it would mean, why it is so, and the run that contradicts it under W',
    args: ['quiz', 'time-wait', '--seed', '5', '--lang', 'en', '--theme', 'dark'],
    columns: 80,
    rows: 24,
    steps: [
      ...[{see: 'question 1 of 10'}, {see: 'a   '}, 'a', {see: 'How sure'}, '2'],
      ...[{see: 'One more try'}, 'b', {see: 'watch it'}, 300],
    ],
    colours: dark,
  },
];

const named = process.argv.slice(2);
const wanted = pictures.filter(({name}) => named.length === 0 || named.includes(name));

mkdirSync(folder, {recursive: true});
for (const {name, title, colours, moves, ...how} of wanted) {
  // Settings of whoever makes the pictures must not show in them, nor where the one before it has left a lesson.
  const home = mkdtempSync(join(tmpdir(), 'packet-tutor-'));
  const look = {title, ...colours};
  const frames = [];
  const terminal = await screenOf({
    ...how,
    env: {HOME: home, XDG_CONFIG_HOME: home, PACKET_TUTOR_DATA: home},
    ...(moves && {watch: (shown) => frames.push(rowsOf(shown, look))}),
  });
  const picture = moves
    ? movingSvgOf(terminal, frames, {...look, still: frames.length - 1})
    : svgOf(terminal, look);
  writeFileSync(`${folder}${name}.svg`, picture);
  console.log(`docs/pictures/${name}.svg`);
  rmSync(home, {recursive: true});
}
process.exit(0);
