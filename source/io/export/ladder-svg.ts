// Draws the ladder of a run as an SVG 1.1 picture: text stays text, and colours come from a style that the caller writes.
import type {DrawnGap, DrawnMessage, DrawnNote, Picture} from '../../tell/sequence/geometry.ts';
import type {DocumentHead} from '../../tell/sequence/head.ts';
import type {Sequence} from '../../tell/sequence/sequence.ts';
import {omittedText} from '../../words/catalogue/sequence.ts';
import {cut, textWidth} from '../../words/width.ts';
import {markup, rawText, type Written} from '../../words/written.ts';

type Markup = Written<'markup'>;

/**
 * The largest number of columns of the text along a message's line in the ladder picture; a longer text is cut, and is whole in the
 * tooltip.
 */
const mostColumns = 96;

/** Rounds a coordinate to a tenth of a pixel, so that the SVG is the same on every machine. */
const px = (value: number): number => Math.round(value * 10) / 10;

const text = (words: string, attributes: Markup): Markup =>
  markup`<text ${attributes}>${markup.text(words)}</text>`;

/** Returns the CSS class that gives a host the colour of its role. */
const roleOf = ({hosts}: Sequence, host: number): Markup =>
  markup`r-${markup.text(hosts[host]?.role ?? 'third')}`;

const lifelinesOf = (sequence: Sequence, {lifelines, bottom}: Picture): readonly Markup[] =>
  sequence.hosts.map(
    (_, host) =>
      markup`<path class="lifeline ${roleOf(sequence, host)}" d="M${px(lifelines[host] ?? 0)} 98V${px(bottom)}"/>`,
  );

/** Draws the hosts' names above everything else, because they stay at the top while the ladder scrolls. */
const namesOf = (sequence: Sequence, {lifelines}: Picture, width: number): readonly Markup[] => [
  markup`<g class="names"><rect class="page" y="52" width="${px(width)}" height="44"/>`,
  ...sequence.hosts.flatMap(({name, address}, host) => {
    const x = px(lifelines[host] ?? 0);
    const second = text(address, markup`class="quiet" x="${x}" y="90" text-anchor="middle"`);
    return [
      text(name, markup`class="name ${roleOf(sequence, host)}" x="${x}" y="74" text-anchor="middle"`),
      ...(address === '' || address === name ? [] : [second]),
    ];
  }),
  markup`</g>`,
];

/** Draws an arrow head as a path, because several programs lose the colour of SVG markers. */
const arrowHead = ({end, label: {along}, message}: DrawnMessage, toRight: boolean): Markup => {
  const sign = toRight ? 1 : -1;
  const [ux, uy] = message.from === message.to ? [-1, 0] : [along.x * sign, along.y * sign];
  const corner = (side: number): Markup =>
    markup`${px(end.x - ux * 9 - uy * 4 * side)} ${px(end.y - uy * 9 + ux * 4 * side)}`;
  return markup`<path class="head" d="M${corner(1)}L${px(end.x)} ${px(end.y)}L${corner(-1)}z"/>`;
};

const lossMark = ({end: {x, y}}: DrawnMessage): Markup =>
  markup`<path class="loss" d="M${px(x - 5)} ${px(y - 5)}l10 10m0 -10l-10 10"/>`;

const labelOf = ({label}: DrawnMessage): Markup => {
  const {along, anchor, x, y, text: words, loss} = label;
  const fixed = (value: number): number => Math.round(value * 10_000) / 10_000;
  const [c, s] = [fixed(along.x), fixed(along.y)];
  const shown = cut(words, mostColumns);
  const place = markup`transform="matrix(${c} ${s} ${-s} ${c} ${px(x)} ${px(y)})" y="-5" text-anchor="${markup.text(anchor)}"`;
  const whole = shown === words ? markup`` : markup`<title>${markup.text(words)}</title>`;
  const why = loss === '' ? markup`` : markup`<tspan class="loss-why">${markup.text(loss)}</tspan>`;
  return markup`<text class="label" ${place}>${whole}${markup.text(shown)}${why}</text>`;
};

const lineOf = ({start, end, message}: DrawnMessage): Markup => {
  const own = message.from === message.to;
  const {x, y} = start;
  const way = own
    ? markup`M${px(x)} ${px(y)}C${px(end.x)} ${px(y)} ${px(end.x)} ${px(end.y)} ${px(x)} ${px(end.y)}`
    : markup`M${px(x)} ${px(y)}L${px(end.x)} ${px(end.y)}`;
  const kind = message.copy ? markup`line copy` : message.count > 1 ? markup`line burst` : markup`line`;
  return markup`<path class="${kind}" d="${way}"/>`;
};

/** Draws the mark at the end of a message's line: an arrow head, a cross for a loss, or nothing if the fate is unknown. */
const markOf = (tip: DrawnMessage, drawn: DrawnMessage): Markup => {
  const {message, start, end} = drawn;
  if (message.fate === 'lost') return lossMark(drawn);
  return message.fate === 'unknown' ? markup`` : arrowHead(tip, end.x >= start.x);
};

const messageOf = (drawn: DrawnMessage, sequence: Sequence): readonly Markup[] => {
  const {message, start, end} = drawn;
  const {packet, count, event, endEvent, from, to} = message;
  const tip = from === to ? {...drawn, end: {x: start.x, y: end.y}} : drawn;
  const landing = endEvent === undefined ? markup`` : markup` data-end="${endEvent}"`;
  return [
    markup`<g class="message ${roleOf(sequence, from)}" data-packet="${packet}"${count > 1 ? markup` data-count="${count}"` : markup``} data-event="${event}"${landing}>`,
    lineOf(drawn),
    markOf(tip, drawn),
    labelOf(drawn),
    markup`</g>`,
  ];
};

const noteOf = ({x, y, anchor, text: words, kind, host, event}: DrawnNote, sequence: Sequence): Markup =>
  text(
    words,
    markup`class="${markup.text(kind)} ${roleOf(sequence, host)}" data-event="${event}" x="${px(x)}" y="${px(y)}" text-anchor="${markup.text(anchor)}"`,
  );

const gapOf = ({y, text: words, event}: DrawnGap, {lifelines}: Picture): readonly Markup[] => {
  const left = lifelines[0] ?? 0;
  const right = lifelines[lifelines.length - 1] ?? left;
  const middle = (left + right) / 2;
  const half = (textWidth(words) * 7.3) / 2 + 12;
  return [
    markup`<g class="gap" data-event="${event}">`,
    markup`<path d="M${px(Math.min(left, middle - half))} ${px(y)}H${px(middle - half)}M${px(middle + half)} ${px(y)}H${px(Math.max(right, middle + half))}"/>`,
    text(words, markup`x="${px(middle)}" y="${px(y + 4)}" text-anchor="middle"`),
    markup`</g>`,
  ];
};

type SvgOptions = {
  readonly head: DocumentHead;
  /**
   * The CSS of the ladder picture, which is the program's own text and therefore not escaped; undefined if the document that embeds the
   * picture styles it.
   */
  readonly css: string | undefined;
  /** The height in pixels that is cut off the top of the ladder picture, with its title and conditions. @default 0 */
  readonly from?: number;
};

export const ladderSvg = (
  sequence: Sequence,
  picture: Picture,
  {head, css, from = 0}: SvgOptions,
): Markup => {
  const {title, description, warning, faults} = head;
  const conditions = [...(warning === undefined ? [] : [warning]), ...head.conditions, ...faults].join(' · ');
  const {language, omitted} = sequence;
  const headed = from === 0 ? Math.max(48 + textWidth(title) * 9.2, 48 + textWidth(conditions) * 7.3) : 0;
  const width = Math.max(picture.width, headed);
  const height = picture.height - from;
  return markup.join(
    [
      markup`<svg xmlns="http://www.w3.org/2000/svg" class="ladder" width="${px(width)}" height="${height}" viewBox="0 ${from} ${px(width)} ${height}" role="img" lang="${markup.text(language)}">`,
      markup`<title>${markup.text(title)}</title>`,
      markup`<desc>${markup.text(description)}</desc>`,
      ...(css === undefined
        ? []
        : [markup`<style>${rawText(css)}</style>`, markup`<rect class="page" width="100%" height="100%"/>`]),
      ...(from > 0
        ? []
        : [
            text(title, markup`class="title" x="24" y="28"`),
            text(conditions, markup`class="quiet" x="24" y="47"`),
          ]),
      ...lifelinesOf(sequence, picture),
      ...picture.gaps.flatMap((gap) => gapOf(gap, picture)),
      // Lost messages are drawn last, because readers look for them and nothing should cover them.
      ...picture.messages
        .toSorted((a, b) => Number(a.message.fate === 'lost') - Number(b.message.fate === 'lost'))
        .flatMap((drawn) => messageOf(drawn, sequence)),
      ...picture.notes.map((note) => noteOf(note, sequence)),
      ...namesOf(sequence, picture, width),
      ...(omitted > 0
        ? [
            text(
              `… ${omittedText[language]({packets: omitted})}`,
              markup`class="quiet" x="24" y="${picture.height - 14}"`,
            ),
          ]
        : []),
      markup`</svg>`,
      markup``,
    ],
    markup`\n`,
  );
};
