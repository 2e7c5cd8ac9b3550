// The ladder of a run as an SVG 1.1 picture: text stays text, colours come from a style that the caller writes.
import type {DrawnGap, DrawnMessage, DrawnNote, Picture} from '../../present/sequence/geometry.ts';
import type {DocumentHead} from '../../present/sequence/head.ts';
import type {Sequence} from '../../present/sequence/sequence.ts';
import {omittedText} from '../../present/text/sequence.ts';
import {cut, textWidth} from '../../present/width.ts';
import {escapeMarkup} from './markup.ts';

/** Columns of a line's text; the rest is in its tooltip. */
const mostColumns = 96;

/** One decimal is finer than any screen, and the same on every machine. */
const px = (value: number): string => String(Math.round(value * 10) / 10);

const text = (words: string, attributes: string): string =>
  `<text ${attributes}>${escapeMarkup(words)}</text>`;

/** Names the colour: hosts have roles. */
const roleOf = ({hosts}: Sequence, host: number): string => `r-${hosts[host]?.role ?? 'third'}`;

const lifelinesOf = (sequence: Sequence, {lifelines, bottom}: Picture): readonly string[] =>
  sequence.hosts.map(
    (_, host) =>
      `<path class="lifeline ${roleOf(sequence, host)}" d="M${px(lifelines[host] ?? 0)} 98V${px(bottom)}"/>`,
  );

/** Over everything else: where the ladder scrolls they stay at its top. */
const namesOf = (sequence: Sequence, {lifelines}: Picture, width: number): readonly string[] => [
  `<g class="names"><rect class="page" y="52" width="${px(width)}" height="44"/>`,
  ...sequence.hosts.flatMap(({name, address}, host) => {
    const x = px(lifelines[host] ?? 0);
    const second = text(address, `class="quiet" x="${x}" y="90" text-anchor="middle"`);
    return [
      text(name, `class="name ${roleOf(sequence, host)}" x="${x}" y="74" text-anchor="middle"`),
      ...(address === '' || address === name ? [] : [second]),
    ];
  }),
  '</g>',
];

/** Arrow heads are drawn, not marked: markers lose their colour in several programs. */
const arrowHead = ({end, label: {along}, message}: DrawnMessage, toRight: boolean): string => {
  const sign = toRight ? 1 : -1;
  const [ux, uy] = message.from === message.to ? [-1, 0] : [along.x * sign, along.y * sign];
  const corner = (side: number): string =>
    `${px(end.x - ux * 9 - uy * 4 * side)} ${px(end.y - uy * 9 + ux * 4 * side)}`;
  return `<path class="head" d="M${corner(1)}L${px(end.x)} ${px(end.y)}L${corner(-1)}z"/>`;
};

const lossMark = ({end: {x, y}}: DrawnMessage): string =>
  `<path class="loss" d="M${px(x - 5)} ${px(y - 5)}l10 10m0 -10l-10 10"/>`;

const labelOf = ({label}: DrawnMessage): string => {
  const {along, anchor, x, y, text: words, loss} = label;
  const fixed = (value: number): number => Math.round(value * 10_000) / 10_000;
  const [c, s] = [fixed(along.x), fixed(along.y)];
  const shown = cut(words, mostColumns);
  const place = `transform="matrix(${c} ${s} ${-s} ${c} ${px(x)} ${px(y)})" y="-5" text-anchor="${anchor}"`;
  const whole = shown === words ? '' : `<title>${escapeMarkup(words)}</title>`;
  const why = loss === '' ? '' : `<tspan class="loss-why">${escapeMarkup(loss)}</tspan>`;
  return `<text class="label" ${place}>${whole}${escapeMarkup(shown)}${why}</text>`;
};

const lineOf = ({start, end, message}: DrawnMessage): string => {
  const own = message.from === message.to;
  const {x, y} = start;
  const way = own
    ? `M${px(x)} ${px(y)}C${px(end.x)} ${px(y)} ${px(end.x)} ${px(end.y)} ${px(x)} ${px(end.y)}`
    : `M${px(x)} ${px(y)}L${px(end.x)} ${px(end.y)}`;
  const kind = message.copy ? 'line copy' : message.count > 1 ? 'line burst' : 'line';
  return `<path class="${kind}" d="${way}"/>`;
};

const messageOf = (drawn: DrawnMessage, sequence: Sequence): readonly string[] => {
  const {message, start, end} = drawn;
  const {packet, count, event, endEvent, from, to} = message;
  const tip = from === to ? {...drawn, end: {x: start.x, y: end.y}} : drawn;
  const landing = endEvent === undefined ? '' : ` data-end="${endEvent}"`;
  return [
    `<g class="message ${roleOf(sequence, from)}" data-packet="${packet}"${count > 1 ? ` data-count="${count}"` : ''} data-event="${event}"${landing}>`,
    lineOf(drawn),
    message.fate === 'lost' ? lossMark(drawn) : arrowHead(tip, end.x >= start.x),
    labelOf(drawn),
    '</g>',
  ];
};

const noteOf = ({x, y, anchor, text: words, kind, host, event}: DrawnNote, sequence: Sequence): string =>
  text(
    words,
    `class="${kind} ${roleOf(sequence, host)}" data-event="${event}" x="${px(x)}" y="${px(y)}" text-anchor="${anchor}"`,
  );

const gapOf = ({y, text: words, event}: DrawnGap, {lifelines}: Picture): readonly string[] => {
  const left = lifelines[0] ?? 0;
  const right = lifelines[lifelines.length - 1] ?? left;
  const middle = (left + right) / 2;
  const half = (textWidth(words) * 7.3) / 2 + 12;
  return [
    `<g class="gap" data-event="${event}">`,
    `<path d="M${px(Math.min(left, middle - half))} ${px(y)}H${px(middle - half)}M${px(middle + half)} ${px(y)}H${px(Math.max(right, middle + half))}"/>`,
    text(words, `x="${px(middle)}" y="${px(y + 4)}" text-anchor="middle"`),
    '</g>',
  ];
};

type SvgOptions = {
  readonly head: DocumentHead;
  /** Trusted: it is ours. Absent: whoever embeds the picture styles it. */
  readonly css: string | undefined;
  /** What stands above is left out, in pixels; title and conditions with it. @default 0 */
  readonly from?: number;
};

export const ladderSvg = (
  sequence: Sequence,
  picture: Picture,
  {head, css, from = 0}: SvgOptions,
): string => {
  const {title, description, warning, faults} = head;
  const conditions = [...(warning === undefined ? [] : [warning]), ...head.conditions, ...faults].join(' · ');
  const {language, omitted} = sequence;
  const headed = from === 0 ? Math.max(48 + textWidth(title) * 9.2, 48 + textWidth(conditions) * 7.3) : 0;
  const width = Math.max(picture.width, headed);
  const height = picture.height - from;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="ladder" width="${px(width)}" height="${height}" viewBox="0 ${from} ${px(width)} ${height}" role="img" lang="${language}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<desc>${escapeMarkup(description)}</desc>`,
    ...(css === undefined
      ? []
      : [`<style>${css}</style>`, '<rect class="page" width="100%" height="100%"/>']),
    ...(from > 0
      ? []
      : [text(title, 'class="title" x="24" y="28"'), text(conditions, 'class="quiet" x="24" y="47"')]),
    ...lifelinesOf(sequence, picture),
    ...picture.gaps.flatMap((gap) => gapOf(gap, picture)),
    // Losses are what readers look for: nothing lies over them.
    ...picture.messages
      .toSorted((a, b) => Number(a.message.fate === 'lost') - Number(b.message.fate === 'lost'))
      .flatMap((drawn) => messageOf(drawn, sequence)),
    ...picture.notes.map((note) => noteOf(note, sequence)),
    ...namesOf(sequence, picture, width),
    ...(omitted > 0
      ? [text(`… ${omittedText(omitted, language)}`, `class="quiet" x="24" y="${picture.height - 14}"`)]
      : []),
    '</svg>',
    '',
  ].join('\n');
};
