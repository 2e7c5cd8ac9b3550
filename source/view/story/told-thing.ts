// Names a packet, or its content, in a sentence.
import type {Thing} from '../../account/told/packet-name.ts';
import type {Apart} from '../../account/told/told-apart.ts';
import {theHost} from '../../lesson/host-names.ts';
import {sameIn, type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {things, which} from '../../words/catalogue/told.ts';

const nothing = sameIn('');

/** Tells which host sent a packet under an address that is not its own. */
const forgedText = (trace: Trace, {forged}: Thing): Text =>
  forged
    ? wordedWithNames(things.forged, {
        by: theHost(trace, forged.by),
        alleged: forged.as === undefined ? undefined : theHost(trace, forged.as),
        address: forged.address,
      })
    : nothing;

const written = (trace: Trace, thing: Thing) => ({
  ...thing,
  type: thing.type === undefined ? undefined : typeName(thing.type),
  forged: forgedText(trace, thing),
});

export const named = (trace: Trace, thing: Thing): Text =>
  wordedWithNames(things.named, written(trace, thing));

/** Adds what distinguishes a packet from another one with the same name. */
const toldApart = ({seq, packet}: Thing, thing: Text, by: Apart): Text =>
  wordedWithNames(which, {thing, seq, packet, by: by ?? 'other'});

/** Names a packet; an ACK whose number another packet has, too, is named by its packet number. */
export const amongTwins = (trace: Trace, thing: Thing, twin: boolean): Text =>
  toldApart(thing, named(trace, thing), twin && thing.what === 'ACK' ? 'packet' : undefined);

/** Names a packet with the number that does not fit. */
export const numbered = (trace: Trace, thing: Thing): Text =>
  wordedWithNames(things.numbered, written(trace, thing));

/** Names a packet at the beginning of a sentence. */
const namedFirst = (trace: Trace, thing: Thing): Text => wordedWithNames(things.lost, written(trace, thing));

/** Names a packet at the beginning of a sentence, told apart from others with the same name. */
export const apartFirst = (trace: Trace, thing: Thing, by: Apart): Text =>
  toldApart(thing, namedFirst(trace, thing), by);

/** Tells whether the name is plural, as that of several bytes is. */
export const isMany = ({what, bytes}: Thing): boolean => what === 'data' && bytes !== 1;
