// The layers panel: the selected packet as nested boxes, one for each layer, at a place on its way.

import {hostName} from '../../lesson/host-names.ts';
import {spaced, type Text} from '../../lesson/text.ts';
import {layersTexts, layersWords} from '../../words/catalogue/layers.ts';
import {panelsLayersSentences} from '../../words/catalogue/panels.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {ended, packetWord} from '../../words/spoken.ts';
import {sentence, spokenText} from '../../words/spoken-text.ts';
import {textWidth, wrap} from '../../words/width.ts';
import {rowValue} from '../bytes/inspector-value.ts';
import {accent, changed, muted, plain, strong} from '../canvas.ts';
import type {Wording} from '../fields/entry.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {type Hop, type HopCell, hopsOf} from '../layers/hops.ts';
import {type LayerScene, type LayersOwn, layerScene, stateOf, stepFrom} from '../layers/layer-scene.ts';
import {boxText, notesOf, placeText, tellsOf, wireText} from '../layers/layer-words.ts';
import {putStack, putStackHead, stackRows} from '../layers/stack-drawing.ts';
import {type TellingField, tellingFields} from '../layers/telling-fields.ts';
import type {Pane} from '../pane.ts';
import {besideKeys, definePanel, type PanelMove, upDownKeys, wayOf} from '../panel.ts';
import {widest} from '../table.ts';
import {newestPacket, packetAtHand, packetBeside, type View} from '../view.ts';

// The functions below draw the layers panel: where the packet is, its boxes, what the chosen layer does, and what changed from link to
// link.

const headFrom = 14;
const gap = 2;
const messageLeast = 12;

/** Describes in a few words what the packet carries: the HTTP message, or else the summary as on the ladder. */
const carriedText = ({packet, boxes}: LayerScene, wording: Wording): string => {
  const row = boxes.find(({protocol}) => protocol === 'http')?.rows[0];
  return row ? rowValue(row, packet, wording) : packet.summary;
};

/**
 * Draws the heading of the layers panel: the packet's number and content and, at the end of the row, where the packet is, if enough of the
 * content stays visible.
 */
const putHeading = (pane: Pane, scene: LayerScene): void => {
  const {language, glyphs} = pane;
  const first = pane.put(0, 0, layersTexts.title[language], pane.headStyle) + gap;
  const number = layersWords.at[language]({packet: scene.packet.id});
  const carried = carriedText(scene, {language, glyphs, relative: false});
  const name = pane.plain(`${number}  ${carried}`);
  const place = pane.plain(placeText(scene, language));
  const room = pane.columns - first;
  const beside = room - textWidth(place) - gap;
  const placed = Math.min(textWidth(name), textWidth(number) + gap + messageLeast) <= beside;
  pane.put(0, first, name, strong, placed ? beside : room);
  if (placed) pane.putEnd(0, place, muted);
};

/** Draws names and values of fields in as many columns as fit; returns how many rows they take. */
const putFields = (pane: Pane, fields: readonly TellingField[]): number => {
  if (fields.length === 0 || pane.rows < 1) return 0;
  const across = pane.columns >= 105 ? 3 : pane.columns >= 64 ? 2 : 1;
  const width = Math.floor((pane.columns + gap) / across) - gap;
  const down = Math.min(pane.rows, Math.ceil(fields.length / across));
  const name = Math.min(Math.floor(width * 0.65), widest(fields.map((field) => field.name)) + gap);
  for (const [index, field] of fields.slice(0, down * across).entries()) {
    const column = Math.floor(index / down) * (width + gap);
    const at = index % down;
    pane.put(at, column, field.name, muted, name - 1);
    pane.put(at, column + name, field.value, plain, width - name);
  }
  return down;
};

type HopColumn = {readonly heading: keyof typeof layersTexts; readonly cell: (hop: Hop) => HopCell};

const hopColumns: readonly HopColumn[] = [
  {heading: 'sourceMac', cell: ({source}) => source},
  {heading: 'destinationMac', cell: ({destination}) => destination},
  {heading: 'ttl', cell: ({ttl}) => ttl},
  {heading: 'checksum', cell: ({checksum}) => checksum},
];

const nameOf = ({from, to}: Hop, pane: Pane): string =>
  pane.plain(`${pane.called(from)} ▸ ${pane.called(to)}`);

/**
 * Returns the columns of the table of links that fit in the pane. MAC addresses are left out first, because TTL and checksum are what a
 * router has to change.
 */
const shownColumns = (hops: readonly Hop[], pane: Pane) => {
  const columns = hopColumns
    .map((column) => {
      const texts = hops.map((hop) => column.cell(hop).text);
      const head = layersTexts[column.heading][pane.language];
      // Each column of the table of links is one wider than its texts, for the mark of a value that changed.
      return {...column, head, width: widest([head, ...texts]) + 1, texts};
    })
    .filter(({texts}) => texts.some((text) => text !== ''));
  const names = widest(hops.map((hop) => nameOf(hop, pane)));
  while (columns.length > 1 && names + columns.reduce((sum, {width}) => sum + width + 1, 0) > pane.columns)
    columns.shift();
  return columns.toReversed();
};

/** Returns the index of the link, on the packet's path, whose frame the boxes show. */
const currentHop = ({stops, stop, step}: LayerScene): number =>
  stops.indexOf(stop) - (step?.side === 'up' ? 1 : 0);

/** Draws the table of links: a row for each link on the packet's path, or for the newest ones that fit. Returns how many rows it takes. */
const putHops = (pane: Pane, scene: LayerScene, hops: readonly Hop[]): number => {
  // The table is not drawn for a single link, because nothing can have changed from link to link.
  const columns = hops.length < 2 ? [] : shownColumns(hops, pane);
  if (columns.length === 0 || pane.rows < 2) return 0;
  const shown = hops.slice(-(pane.rows - 1));
  const current = hops[currentHop(scene)];
  pane.put(0, 0, layersTexts.hop[pane.language], muted);
  let end = pane.columns - 1;
  for (const {cell, head, width} of columns) {
    pane.putEnd(0, head, muted, end - 1);
    for (const [index, hop] of shown.entries()) {
      const {text, changed: isChanged} = cell(hop);
      if (isChanged) pane.put(index + 1, end, pane.glyphs.changed, changed);
      pane.putEnd(index + 1, text, isChanged ? changed : plain, end - 1);
    }
    end -= width + 1;
  }
  for (const [index, hop] of shown.entries())
    pane.put(index + 1, 0, nameOf(hop, pane), hop === current ? accent : plain, end);
  return shown.length + 1;
};

const putLayers = (pane: Pane, scene: LayerScene, relative: boolean): void => {
  const {language, glyphs, rows} = pane;
  const hops = hopsOf(scene);
  let row = 1;
  putHeading(pane, scene);
  if (rows >= headFrom) putStackHead(pane.part({row: row++}), scene);
  const stack = stackRows(scene, rows - row);
  putStack(pane.part({row}), scene, stack);
  row += stack.length;
  const hopRows = hops.length > 1 ? hops.length + 1 : 0;
  // The text that adds up the frame's size is left out if the table of links needs its rows, because the sum can be computed from the
  // boxes.
  const silent = scene.hidesSizes || (!scene.step && hopRows > 0 && rows - row <= hopRows);
  const told = silent ? '' : tellsOf(scene, language);
  const air = rows - row >= hopRows + 8 ? 1 : 0;
  row += air;
  if (told !== '') row += pane.putWrapped(row, told, plain, Math.min(rows - row, pane.columns < 60 ? 4 : 2));
  row += air;
  const left = rows - row;
  // If a router is on the packet's path, the table of links has its rows reserved, and the fields get the rows that remain, at least two.
  const keep = hopRows === 0 ? 0 : Math.min(hopRows, Math.max(0, left - 2));
  const telling = tellingFields(scene, {language, glyphs, relative});
  const fields = putFields(pane.part({row, rows: left - keep}), telling);
  row += fields === 0 ? 0 : fields + (rows - row - fields > hopRows + 2 ? 1 : 0);
  row += putHops(pane.part({row}), scene, hops);
  for (const note of notesOf(scene, language)) {
    const whole = wrap(pane.plain(note), pane.columns).length <= rows - row;
    if (whole) row += pane.putWrapped(row, note, muted);
  }
};

const hopLines = (scene: LayerScene, {language, input: {trace}}: View): readonly string[] => {
  const comma = punctuation.comma[language];
  const hops = hopsOf(scene);
  if (hops.length < 2) return [];
  return hops.map(({from, to, source, destination, ttl, checksum}) =>
    [
      layersWords.onLink[language]({
        from: hostName(trace, from)[language],
        to: hostName(trace, to)[language],
      }),
      ...Object.entries({sourceMac: source, destinationMac: destination, ttl, checksum} as const).flatMap(
        ([name, {text}]) => (text === '' || !isText(name) ? [] : [`${layersTexts[name][language]} ${text}`]),
      ),
    ].join(comma),
  );
};

const isText = (name: string): name is keyof typeof layersTexts => name in layersTexts;

/** Returns sentences for a screen reader on where the packet is, its boxes from the outside in, and what the chosen layer does. */
const spokenLayers = (view: View, own: LayersOwn): readonly string[] => {
  const {language} = view;
  const scene = layerScene(view, own);
  if (!scene) return [(packetAtHand(view) === undefined ? layersTexts.none : layersTexts.unread)[language]];
  const comma = punctuation.comma[language];
  const there = scene.boxes.flatMap((_, index) =>
    scene.hidesSizes || stateOf(scene, index) === 'off' ? [] : [boxText(scene, index, language)],
  );
  const fields = tellingFields(scene, {
    language,
    glyphs: unicodeGlyphs,
    relative: view.input.playback.relative,
  });
  const line = (text: string): string => ended(spokenText(text, language), language);
  const said = (text: string): string => line(sentence(spaced(text), language));
  return [
    ...[
      [packetWord(scene.packet.id, language), scene.packet.summary, placeText(scene, language)].join(comma),
      ...(scene.hidesSizes || !scene.step ? [] : [tellsOf(scene, language)]),
      ...there,
      wireText(scene, language),
    ].map(said),
    // A screen reader is given the names of packet fields in their own spelling, without a capital first letter.
    ...fields.map(({name, value}) => line(`${name} ${value}`)),
    ...[...hopLines(scene, view), ...notesOf(scene, language)].map(said),
  ];
};

const beside = (view: View, by: 1 | -1): PanelMove<LayersOwn> | undefined => {
  const packet = packetBeside(view, by);
  return packet === undefined
    ? undefined
    : {selection: {packet, field: undefined, byte: undefined, variable: undefined}};
};

const nothingYet = (view: View): Text =>
  packetAtHand(view) === undefined ? layersTexts.none : layersTexts.unread;

export const layersPanel = definePanel<LayersOwn>({
  name: 'layers',
  title: layersTexts.title,
  start: undefined,
  keys: [
    upDownKeys(panelsLayersSentences['↑↓'].label),
    {keys: {enter: 'follow'}, sign: 'enter', label: panelsLayersSentences.enter.label, rank: 6},
    besideKeys(panelsLayersSentences['n p'].label, 7),
    {keys: {escape: 'whole'}, sign: 'esc', label: panelsLayersSentences.esc.label, passes: true},
  ],
  command(view, own, command) {
    if (command === 'next' || command === 'previous') return beside(view, wayOf(command));
    const scene = layerScene(view, own);
    if (!scene) return undefined;
    if (command === 'whole') return scene.step && !scene.isTold ? {own: undefined} : undefined;
    if (command !== 'up' && command !== 'down' && command !== 'follow') return undefined;
    const step = stepFrom(scene, command);
    // After the last step through the layers, the key for the next step shows the whole frame again.
    if (step === undefined) return command === 'follow' ? {own: undefined} : undefined;
    return {own: {packet: scene.packet.id, cursor: view.cursor, step}};
  },
  subject(view) {
    const packet = packetAtHand(view);
    return packet === undefined ? undefined : {kind: 'packet', packet};
  },
  shows: /^eth\./,
  isAvailable: (view) => newestPacket(view) !== undefined || view.input.playback.focus === 'layers',
  least: {columns: 34, rows: 6},
  best: {columns: 72, rows: 18},
  places: ['side'],
  covers: 'spread',
  spoken: spokenLayers,
  put(pane, view, own) {
    const scene = layerScene(view, own);
    if (scene) putLayers(pane, scene, view.input.playback.relative);
    else pane.putNothing(layersTexts.title, nothingYet(view));
  },
});
