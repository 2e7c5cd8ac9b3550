// Lists the errors of zone files (RFC 1035 §5, §5.2) as codes with values; the places that show them word the sentences.
import type {DnsName, NameError} from '../../wire/dns/name.ts';

/** A place in a zone file, with line and column counted from 1; a column is one UTF-16 unit. */
export type ZonePlace = {readonly line: number; readonly column: number};

/** An error in the text of a zone file. `given` is the word in question as it is written, `field` the RDATA field that was to be read. */
type ZoneTextProblem =
  | {readonly code: 'quote'}
  | {readonly code: 'parenthesis'; readonly which: 'open' | 'close'}
  | {readonly code: 'escape'; readonly given: string}
  | {readonly code: 'include'}
  | {readonly code: 'directive'; readonly given: string}
  | {readonly code: 'origin'; readonly given: string}
  | {readonly code: 'name'; readonly given: string; readonly why: NameError}
  | {readonly code: 'owner'}
  | {readonly code: 'ttl'; readonly given: string}
  | {readonly code: 'ttlMissing'}
  | {readonly code: 'class'; readonly given: string}
  | {readonly code: 'type'; readonly given: string}
  | {readonly code: 'typeMissing'}
  | {readonly code: 'missing'; readonly field: string}
  | {readonly code: 'surplus'; readonly given: string}
  | {readonly code: 'number'; readonly field: string; readonly given: string; readonly max: number}
  | {readonly code: 'address'; readonly given: string; readonly version: 4 | 6}
  | {readonly code: 'stringLength'; readonly octets: number}
  | {readonly code: 'generic'; readonly given: string};

/** An error in the records of a zone as a whole. `zone` is the name of its apex. */
export type ZoneFault =
  | {readonly code: 'soaMissing'}
  | {readonly code: 'soaTwice'; readonly zone: DnsName}
  | {readonly code: 'nsMissing'; readonly zone: DnsName}
  | {readonly code: 'outside'; readonly name: DnsName; readonly zone: DnsName}
  | {readonly code: 'alias'; readonly name: DnsName}
  | {readonly code: 'belowCut'; readonly name: DnsName; readonly cut: DnsName}
  | {readonly code: 'wildcardNs'; readonly name: DnsName}
  | {readonly code: 'ttlDiffers'; readonly name: DnsName; readonly type: number};

export type ZoneProblem = ZonePlace & (ZoneTextProblem | ZoneFault);
