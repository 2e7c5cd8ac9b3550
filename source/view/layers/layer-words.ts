// Writes the texts of the layers panel: names of boxes, where the packet is, what each layer hands to the next.
import {type Language, spaced} from '../../lesson/text.ts';
import {carriedTexts, layersTexts, layersWords} from '../../words/catalogue/layers.ts';
import {dropTexts} from '../../words/catalogue/transcript.ts';
import {protocolNames} from '../../words/inspector.ts';
import {type Handing, unitOf} from '../../words/layers.ts';
import {textWidth} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {type Box, isProgram, onTheWire, sizeOf} from './boxes.ts';
import {hopsOf, keptOf} from './hops.ts';
import type {LayerScene} from './layer-scene.ts';

/** Returns the name of a box's protocol; Chinese sentences add the spaces around it themselves. */
export const boxName = ({protocol}: Box, language: Language): string =>
  protocol === 'data' ? layersTexts.data[language] : (protocolNames[protocol] ?? terminal.text(protocol));

const valueIn = ({rows}: Box, name: string): string | undefined =>
  rows.flatMap(({layer}) => layer.fields).find((field) => field.name === name)?.value;

/** Returns the field of a box that tells the receiver which protocol is inside, such as `protocol 6`; undefined if it has none. */
const carriedBy = (box: Box, language: Language): string | undefined => {
  for (const [name, words] of Object.entries(carriedTexts)) {
    const value = valueIn(box, name);
    if (value !== undefined) return `${words[language]} ${terminal.text(value)}`;
  }
  return undefined;
};

const handingOf = (scene: LayerScene, index: number, language: Language): Handing | undefined => {
  const {boxes, stop, step, called} = scene;
  const box = boxes[index];
  if (!box) return undefined;
  const to = boxes[step?.side === 'up' ? index + 1 : index - 1];
  return {
    name: boxName(box, language),
    header: box.header,
    payload: box.payload,
    size: sizeOf(box),
    unit: unitOf(box.protocol)[language],
    to: to && boxName(to, language),
    by: carriedBy(box, language),
    host: called(stop.host),
    next: stop.next === undefined ? undefined : called(stop.next),
    fill: box.padding + box.trailer,
    whole: box.payload === 0 || box.header === 0,
  };
};

const stopText = ({stop, step, called}: LayerScene, language: Language): string => {
  const host = called(stop.host);
  if (stop.role === 'tap') return layersTexts.reading[language];
  if (!step && stop.next !== undefined)
    return layersWords.onLink[language]({from: host, to: called(stop.next)});
  if (stop.role === 'maker') return layersWords.goingDown[language]({host});
  return stop.role === 'router'
    ? layersWords.turning[language]({host})
    : layersWords.goingUp[language]({host});
};

/** Returns a text on the place on its way at which the layers panel shows the packet. */
export const placeText = (scene: LayerScene, language: Language): string => spaced(stopText(scene, language));

/** Returns the name of what follows the innermost header: quoted packet, data, or for HTTP content (RFC 9110 §6.4). */
export const innermostName = (last: Box | undefined, language: Language): string => {
  if ((last?.quotes.length ?? 0) > 0) return layersTexts.quoted[language];
  return layersTexts[last?.protocol === 'http' ? 'content' : 'data'][language];
};

/** Returns a frame's size as a sum, such as `111 = Ethernet 14 + IPv4 20 + TCP 20 + HTTP 57`. */
const sumText = ({boxes, packet}: LayerScene, language: Language): string => {
  const last = boxes.at(-1);
  const parts = boxes.flatMap((box) => (box.header > 0 ? [`${boxName(box, language)} ${box.header}`] : []));
  const rest = [
    {name: innermostName(last, language), size: last?.payload ?? 0},
    {name: layersTexts.padding[language], size: boxes[0]?.padding ?? 0},
    {name: layersTexts.trailer[language], size: boxes[0]?.trailer ?? 0},
  ].flatMap(({name, size}) => (size > 0 ? [`${name} ${size}`] : []));
  return `${packet.originalLength} = ${[...parts, ...rest].join(' + ')}`;
};

const turned = (scene: LayerScene, index: number, language: Language): string => {
  const {boxes, stop, stops, called} = scene;
  const host = called(stop.host);
  const box = boxes[index];
  const name = box ? boxName(box, language) : '';
  if (!stop.left)
    return layersWords[stop.died === undefined ? 'readsOnly' : 'passesNot'][language]({host, name});
  const at = stops.indexOf(stop);
  const hops = hopsOf(scene);
  const [before, after] = [hops[at - 1]?.ttl.text ?? '', hops[at]?.ttl.text ?? ''];
  const above = boxes[index + 1];
  const carried = above ? boxName(above, language) : layersTexts.payload[language];
  return layersWords.passesOn[language]({host, name, before, after, same: before === after, carried});
};

const tells = (scene: LayerScene, language: Language): string => {
  const {boxes, step, stop} = scene;
  if (!step) return sumText(scene, language);
  const handing = handingOf(scene, step.box, language);
  if (!handing) return '';
  if (step.side === 'turn') return turned(scene, step.box, language);
  if (step.side === 'tap') return layersWords.holds[language](handing);
  const top = step.box === boxes.length - 1;
  if (step.side === 'up') {
    const last = stop.died !== undefined && scene.steps.at(-1) === step;
    if (last)
      return layersWords.dies[language]({
        name: handing.name,
        why: dropTexts[stop.died ?? 'discarded'][language],
      });
    const ends = isProgram(boxes[step.box]?.rung ?? 'link');
    return ends ? layersWords.reads[language](handing) : layersWords.takesOff[language](handing);
  }
  if (top && isProgram(boxes[step.box]?.rung ?? 'link')) return layersWords.makes[language](handing);
  return step.box === 0 ? layersWords.sends[language](handing) : layersWords.adds[language](handing);
};

/** Returns a text on what the chosen layer does or, if none is chosen, on how the frame is composed. */
export const tellsOf = (scene: LayerScene, language: Language): string => spaced(tells(scene, language));

/** Returns a text on the size of the frame on the link, such as `111 + 4 FCS = 115`, with an explanation if there are enough columns. */
export const wireText = (
  {boxes, packet, hidesSizes}: LayerScene,
  language: Language,
  columns = Number.POSITIVE_INFINITY,
): string => {
  const length = packet.originalLength;
  if (boxes[0]?.protocol !== 'eth') return layersTexts.notCaptured[language];
  const wire = onTheWire(boxes, length);
  if (!wire) return layersTexts.larger[language];
  const [own, all] = hidesSizes ? ['?', '?'] : [String(length), String(wire.bytes)];
  const sum = layersWords.wire[language]({own, padding: hidesSizes ? 0 : wire.padding, total: all});
  const whole = `${sum}${layersWords.wholeFrame[language]}`;
  return textWidth(whole) <= columns ? whole : sum;
};

/**
 * Returns notes for the layers panel: what stayed the same on the packet's way and what changed, and what a capture of the frame does not
 * contain.
 */
export const notesOf = (scene: LayerScene, language: Language): readonly string[] => {
  const {packet, boxes} = scene;
  const {same, changed} = keptOf(scene);
  const named = (texts: typeof same): string[] => texts.map((text) => text[language]);
  const count = packet.bytes.length;
  return [
    ...(same.length > 0 ? [layersWords.same[language]({what: named(same)})] : []),
    ...(changed.length > 0 ? [layersWords.changed[language]({what: named(changed)})] : []),
    ...(count < packet.originalLength
      ? [layersWords.captured[language]({count, of: packet.originalLength})]
      : []),
    ...(boxes[0]?.protocol === 'eth' ? [layersTexts.unseen[language]] : []),
  ];
};

/**
 * Returns a sentence for a screen reader on a box of the layers panel: what its layer hands to which other layer; empty if it hands
 * nothing.
 */
export const boxText = (scene: LayerScene, index: number, language: Language): string => {
  const handing = handingOf(scene, index, language);
  return handing ? layersWords.box[language](handing) : '';
};
