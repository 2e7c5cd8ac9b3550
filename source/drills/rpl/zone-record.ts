// Records of a replay script by the zone-file reader: each line is a zone file of one record.

import {zoneProblem} from '../../lesson/dns/zone-problem.ts';
import {problem} from '../../lesson/problem.ts';
import type {ZoneProblem} from '../../stack/dns/zone-problem.ts';
import type {DnsRecord} from '../../wire/dns/message.ts';
import {RecordClass} from '../../wire/dns/registry.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {rplZoneRecordSentences} from '../../words/catalogue/drills-rpl.ts';
import type {Defaults, RecordReader} from './parse-record.ts';

/** `parseRecords` of stack/dns/zone-file.ts. */
type ZoneLines = (
  source: string,
  ground: Defaults & {readonly classes: readonly [number, ...number[]]},
) => Result<readonly DnsRecord[], readonly ZoneProblem[]>;

const classes = [RecordClass.IN, RecordClass.CH, RecordClass.HS] as const;

const noRecord = problem(rplZoneRecordSentences.thereIsNo.message, rplZoneRecordSentences.thereIsNo.remedy);

export const zoneRecordReader =
  (parseRecords: ZoneLines): RecordReader =>
  ({text: line, number}, defaults) => {
    // A line that begins with a blank would go on with the owner before it.
    const bare = line.trimStart();
    const read = parseRecords(bare, {...defaults, classes});
    if (read.ok) {
      const [record] = read.value;
      return record === undefined ? err({...noRecord, position: {line: number, column: 1}}) : ok(record);
    }
    const [fault] = read.error;
    if (fault === undefined) throw new Error('a line was refused without a reason');
    return err({
      ...zoneProblem(fault),
      position: {line: number, column: line.length - bare.length + fault.column},
    });
  };
