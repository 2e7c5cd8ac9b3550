// *Why?* of the octet by which a packet asks routers for a treatment: DSCP and the two bits of ECN (RFC 2474 §3, RFC 3168 §5).
import type {Language} from '../../lesson/text.ts';
import {whyTreatment} from '../../words/catalogue/why.ts';

const wholes: readonly string[] = ['ip.dsfield', 'ipv6.tclass'];

const ecnBits = 2;

const classOf = (dscp: number, language: Language): string => whyTreatment.dscp[language]({dscp});

const congestionOf = (bits: number, language: Language): string => whyTreatment.ecn[language]({bits});

/** Empty: it is another field. */
export const treatmentTexts = (field: string, value: number, language: Language): readonly string[] => {
  if (wholes.includes(field)) {
    const [dscp, bits] = [value >> ecnBits, value & ((1 << ecnBits) - 1)];
    return [classOf(dscp, language), congestionOf(bits, language)];
  }
  const part = wholes.find((whole) => field === `${whole}.dscp` || field === `${whole}.ecn`);
  if (part === undefined) return [];
  return [field.endsWith('.ecn') ? congestionOf(value, language) : classOf(value, language)];
};
