// What is wrong with a zone file, in words. The codes are the stack's.
import type {ZoneFault, ZoneProblem} from '../../stack/dns/zone-problem.ts';
import type {NameError} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {dnsZoneProblemSentences} from '../../words/catalogue/lesson-zones.ts';
import {type Problem, problem} from '../problem.ts';
import {worded} from '../text.ts';

type Of<Code extends ZoneProblem['code']> = Extract<ZoneProblem, {readonly code: Code}>;

type InZone = ZoneProblem & ZoneFault;
type InHead = Of<'owner' | 'ttl' | 'ttlMissing' | 'class' | 'type' | 'typeMissing'>;
type InRData = Of<'missing' | 'surplus' | 'number' | 'address' | 'stringLength' | 'generic'>;
type InText = Exclude<ZoneProblem, InZone | InHead | InRData>;

const nameWrong: {readonly [why in NameError]: Problem} = {
  label: problem(
    dnsZoneProblemSentences.nameWrong.label.message,
    dnsZoneProblemSentences.nameWrong.label.remedy,
  ),
  name: problem(
    dnsZoneProblemSentences.nameWrong.name.message,
    dnsZoneProblemSentences.nameWrong.name.remedy,
  ),
  empty: problem(
    dnsZoneProblemSentences.nameWrong.empty.message,
    dnsZoneProblemSentences.nameWrong.empty.remedy,
  ),
  escape: problem(
    dnsZoneProblemSentences.nameWrong.escape.message,
    dnsZoneProblemSentences.nameWrong.escape.remedy,
  ),
};

const parenthesis = ({which}: Of<'parenthesis'>): Problem =>
  which === 'open'
    ? problem(
        dnsZoneProblemSentences.parenthesis.thisIsNot.message,
        dnsZoneProblemSentences.parenthesis.thisIsNot.remedy,
      )
    : problem(
        dnsZoneProblemSentences.parenthesis.thisClosesNothing.message,
        dnsZoneProblemSentences.parenthesis.thisClosesNothing.remedy,
      );

const numberWrong = ({field, given, max}: Of<'number'>): Problem =>
  problem(
    worded(dnsZoneProblemSentences.numberWrong.message, {field, max, given}),
    worded(dnsZoneProblemSentences.numberWrong.remedy, {field}),
  );

const addressWrong = ({given, version}: Of<'address'>): Problem =>
  problem(
    worded(dnsZoneProblemSentences.addressWrong.message, {given, version}),
    version === 4
      ? dnsZoneProblemSentences.addressWrong.writeOneSuchAs192.remedy
      : dnsZoneProblemSentences.addressWrong.writeOneSuchAs2001.remedy,
  );

/** In the text: what stands where something else has to. */
const inText = (found: InText): Problem => {
  switch (found.code) {
    case 'quote':
      return problem(dnsZoneProblemSentences.in.quote.message, dnsZoneProblemSentences.in.quote.remedy);
    case 'parenthesis':
      return parenthesis(found);
    case 'escape':
      return problem(
        worded(dnsZoneProblemSentences.in.escape.message, {given: found.given}),
        dnsZoneProblemSentences.in.escape.remedy,
      );
    case 'include':
      return problem(dnsZoneProblemSentences.in.include.message, dnsZoneProblemSentences.in.include.remedy);
    case 'directive':
      return problem(
        worded(dnsZoneProblemSentences.in.directive.message, {given: found.given}),
        dnsZoneProblemSentences.in.directive.remedy,
      );
    case 'origin':
      return problem(
        worded(dnsZoneProblemSentences.in.origin.message, {given: found.given}),
        dnsZoneProblemSentences.in.origin.remedy,
      );
    case 'name':
      return nameWrong[found.why];
  }
};

/** Between the beginning of a record and its data. */
const inHead = (found: InHead): Problem => {
  switch (found.code) {
    case 'owner':
      return problem(
        dnsZoneProblemSentences.inHead.owner.message,
        dnsZoneProblemSentences.inHead.owner.remedy,
      );
    case 'ttl':
      return problem(
        worded(dnsZoneProblemSentences.inHead.ttl.message, {given: found.given}),
        dnsZoneProblemSentences.inHead.ttl.remedy,
      );
    case 'ttlMissing':
      return problem(
        dnsZoneProblemSentences.inHead.ttlMissing.message,
        dnsZoneProblemSentences.inHead.ttlMissing.remedy,
      );
    case 'class':
      return problem(
        worded(dnsZoneProblemSentences.inHead.class.message, {given: found.given}),
        dnsZoneProblemSentences.inHead.class.remedy,
      );
    case 'type':
      return problem(
        worded(dnsZoneProblemSentences.inHead.type.message, {given: found.given}),
        dnsZoneProblemSentences.inHead.type.remedy,
      );
    case 'typeMissing':
      return problem(
        dnsZoneProblemSentences.inHead.typeMissing.message,
        dnsZoneProblemSentences.inHead.typeMissing.remedy,
      );
  }
};

const inRData = (found: InRData): Problem => {
  switch (found.code) {
    case 'missing':
      return problem(
        worded(dnsZoneProblemSentences.inRData.missing.message, {field: found.field}),
        dnsZoneProblemSentences.inRData.missing.remedy,
      );
    case 'surplus':
      return problem(
        worded(dnsZoneProblemSentences.inRData.surplus.message, {given: found.given}),
        dnsZoneProblemSentences.inRData.surplus.remedy,
      );
    case 'number':
      return numberWrong(found);
    case 'address':
      return addressWrong(found);
    case 'stringLength':
      return problem(
        worded(dnsZoneProblemSentences.inRData.stringLength.message, {octets: found.octets}),
        dnsZoneProblemSentences.inRData.stringLength.remedy,
      );
    case 'generic':
      return problem(
        dnsZoneProblemSentences.inRData.generic.message,
        dnsZoneProblemSentences.inRData.generic.remedy,
      );
  }
};

/** Of the SOA and NS records at its top. */
const ofApex = (found: Extract<InZone, {code: 'soaMissing' | 'soaTwice' | 'nsMissing'}>): Problem => {
  switch (found.code) {
    case 'soaMissing':
      return problem(
        dnsZoneProblemSentences.ofApex.soaMissing.message,
        dnsZoneProblemSentences.ofApex.soaMissing.remedy,
      );
    case 'soaTwice':
      return problem(
        worded(dnsZoneProblemSentences.ofApex.soaTwice.message, {zone: found.zone}),
        dnsZoneProblemSentences.ofApex.soaTwice.remedy,
      );
    case 'nsMissing':
      return problem(
        worded(dnsZoneProblemSentences.ofApex.nsMissing.message, {zone: found.zone}),
        worded(dnsZoneProblemSentences.ofApex.nsMissing.remedy, {zone: found.zone}),
      );
  }
};

/** In the records together. */
const inZone = (found: InZone): Problem => {
  switch (found.code) {
    case 'soaMissing':
    case 'soaTwice':
    case 'nsMissing':
      return ofApex(found);
    case 'outside':
      return problem(
        worded(dnsZoneProblemSentences.inZone.outside.message, {name: found.name, zone: found.zone}),
        dnsZoneProblemSentences.inZone.outside.remedy,
      );
    case 'alias':
      return problem(
        worded(dnsZoneProblemSentences.inZone.alias.message, {name: found.name}),
        dnsZoneProblemSentences.inZone.alias.remedy,
      );
    case 'belowCut':
      return problem(
        worded(dnsZoneProblemSentences.inZone.belowCut.message, {cut: found.cut, name: found.name}),
        dnsZoneProblemSentences.inZone.belowCut.remedy,
      );
    case 'wildcardNs':
      return problem(
        worded(dnsZoneProblemSentences.inZone.wildcardNs.message, {name: found.name}),
        dnsZoneProblemSentences.inZone.wildcardNs.remedy,
      );
    case 'ttlDiffers':
      return problem(
        worded(dnsZoneProblemSentences.inZone.ttlDiffers.message, {
          type: typeName(found.type),
          name: found.name,
        }),
        dnsZoneProblemSentences.inZone.ttlDiffers.remedy,
      );
  }
};

export const zoneProblem = (found: ZoneProblem): Problem => {
  switch (found.code) {
    case 'owner':
    case 'ttl':
    case 'ttlMissing':
    case 'class':
    case 'type':
    case 'typeMissing':
      return inHead(found);
    case 'missing':
    case 'surplus':
    case 'number':
    case 'address':
    case 'stringLength':
    case 'generic':
      return inRData(found);
    case 'soaMissing':
    case 'soaTwice':
    case 'nsMissing':
    case 'outside':
    case 'alias':
    case 'belowCut':
    case 'wildcardNs':
    case 'ttlDiffers':
      return inZone(found);
    default:
      return inText(found);
  }
};
