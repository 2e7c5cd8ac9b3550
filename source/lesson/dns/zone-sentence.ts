// What is wrong in zone-file text, as sentences in both languages: the fault, then the remedy.
import type {ZoneProblem} from '../../stack/dns/zone-problem.ts';
import type {NameError} from '../../wire/dns/name.ts';
import {type RecordType, typeName} from '../../wire/dns/registry.ts';
import type {Text} from '../lesson.ts';
import {type Problem, problem, text, wordRemedy} from '../problem.ts';

const nameRemedies: Readonly<Record<NameError, Text>> = {
  label: text('a label has at most 63 octets', '一个标签最多 63 个八位组'),
  name: text('a name has at most 255 octets', '一个名字最多 255 个八位组'),
  empty: text('put at least one character between two dots', '两个点之间至少写一个字符'),
  escape: text('escape octets as \\. or \\DDD with DDD up to 255', '转义写成 \\. 或 \\DDD，DDD 不超过 255'),
};

/** Of the types that a zone file may hold with RDATA in words. */
const typeWords = [
  'A',
  'AAAA',
  'NS',
  'CNAME',
  'SOA',
  'MX',
  'TXT',
  'PTR',
  'SRV',
] satisfies (keyof typeof RecordType)[];

type Of<Code extends ZoneProblem['code']> = Extract<ZoneProblem, {readonly code: Code}>;
type Sentences = {readonly [Code in ZoneProblem['code']]: (fault: Of<Code>) => Problem};

const inText = {
  quote: () =>
    problem(
      text('the quoted string does not end on its line', '引号里的字符串在本行没有结束'),
      text('close it with "', '用 " 结束'),
    ),
  parenthesis: ({which}) =>
    which === 'open'
      ? problem(
          text('“(” without “)”, or inside another', '「(」没有对应的「)」，或者套了两层'),
          text('close the parenthesis before the next one', '先写「)」再开下一个括号'),
        )
      : problem(text('“)” without “(”', '「)」之前没有「(」'), text('leave it out', '去掉它')),
  escape: ({given}) =>
    problem(
      text(`“${given}”: the backslash is followed by no octet`, `「${given}」：反斜杠后面没有可转义的字符`),
      text('write \\\\ for a backslash, \\DDD for an octet', '反斜杠写 \\\\，八位组写 \\DDD'),
    ),
  include: () =>
    problem(
      text('$INCLUDE is not available here', '这里不支持 $INCLUDE'),
      text('write the records themselves', '直接写出记录'),
    ),
  directive: ({given}) =>
    problem(text(`no directive ${given}`, `没有指令 ${given}`), wordRemedy(given, ['$ORIGIN', '$TTL'])),
  origin: ({given}) =>
    problem(
      text(`“${given}” is relative, and there is no origin`, `「${given}」是相对名，但没有起点`),
      text('end the name with a dot, or write $ORIGIN above', '名字末尾加点，或者在上面写 $ORIGIN'),
    ),
  name: ({given, why}) =>
    problem(text(`“${given}” is no domain name`, `「${given}」不是域名`), nameRemedies[why]),
  owner: () =>
    problem(
      text('the first record has no owner', '第一条记录没有写名字'),
      text('begin the line with a name', '行首写上名字'),
    ),
  ttl: ({given}) =>
    problem(
      text(`“${given}” is no TTL`, `「${given}」不是 TTL`),
      text('write seconds up to 2147483647, or 1h30m', '写秒数，最大 2147483647，或 1h30m'),
    ),
  ttlMissing: () =>
    problem(
      text('the record has no TTL', '这条记录没有 TTL'),
      text('write it behind the owner, or $TTL above', '写在名字后面，或者在上面写 $TTL'),
    ),
  class: ({given}) =>
    problem(text(`class ${given} is not available here`, `这里不支持类 ${given}`), wordRemedy(given, ['IN'])),
  type: ({given}) =>
    problem(
      text(`no record type “${given}”`, `没有名为「${given}」的记录类型`),
      wordRemedy(given, typeWords),
    ),
  typeMissing: () =>
    problem(
      text('the record has no type', '这条记录没有类型'),
      text('write owner, TTL, class, type, data', '依次写名字、TTL、类、类型、数据'),
    ),
  missing: ({field}) =>
    problem(text(`${field} is missing`, `缺少 ${field}`), text(`write ${field} here`, `在这里写 ${field}`)),
  surplus: ({given}) =>
    problem(
      text(`“${given}” is one word too many`, `「${given}」是多余的`),
      text('leave it out, or put “;” before a comment', '去掉它；如果是注释，前面加「;」'),
    ),
  number: ({field, given, max}) =>
    problem(
      text(`${field}: “${given}” is no number up to ${max}`, `${field}：「${given}」不是不超过 ${max} 的数`),
      text(`write a whole number from 0 to ${max}`, `写 0 到 ${max} 之间的整数`),
    ),
  address: ({given, version}) =>
    problem(
      text(`“${given}” is no IPv${version} address`, `「${given}」不是 IPv${version} 地址`),
      version === 4
        ? text('write it as 192.0.2.1; AAAA is for IPv6', '写成 192.0.2.1；IPv6 用 AAAA')
        : text('write it as 2001:db8::1; A is for IPv4', '写成 2001:db8::1；IPv4 用 A'),
    ),
  stringLength: ({octets}) =>
    problem(
      text(`a character string of ${octets} octets`, `字符串长 ${octets} 个八位组`),
      text('at most 255: split it in two', '最多 255：分成两段'),
    ),
  generic: ({given}) =>
    problem(
      text(`“${given}” is not RDATA of that length and type`, `「${given}」不是该长度、该类型的 RDATA`),
      text('write \\# LENGTH and two digits for each octet', '写 \\# 长度，再写每个八位组的两位十六进制'),
    ),
} satisfies Partial<Sentences>;

const inZone = {
  soaMissing: () =>
    problem(
      text('the zone has no SOA record', '这个区没有 SOA 记录'),
      text('write one at the apex', '在区顶写一条'),
    ),
  soaTwice: ({zone}) =>
    problem(text(`${zone} has two SOA records`, `${zone} 有两条 SOA 记录`), text('leave one', '留一条')),
  nsMissing: ({zone}) =>
    problem(
      text(`${zone} has no NS record`, `${zone} 没有 NS 记录`),
      text('name its servers at the apex', '在区顶写出它的服务器'),
    ),
  outside: ({name, zone}) =>
    problem(
      text(`${name} is not in ${zone}`, `${name} 不在 ${zone} 之内`),
      text('end relative names without a dot', '相对名末尾不加点'),
    ),
  alias: ({name}) =>
    problem(
      text(`${name} has a CNAME and other records`, `${name} 既有 CNAME 又有别的记录`),
      text('a CNAME stands alone (RFC 1034 §3.6.2)', 'CNAME 只能单独存在（RFC 1034 §3.6.2）'),
    ),
  belowCut: ({name, cut}) =>
    problem(
      text(`${name} lies below the zone cut ${cut}`, `${name} 在区切口 ${cut} 之下`),
      text('only addresses may stand there, as glue', '那里只能写地址，作为 glue'),
    ),
  wildcardNs: ({name}) =>
    problem(
      text(`${name} has an NS record`, `${name} 有 NS 记录`),
      text('a wildcard does not delegate (RFC 4592 §4.2)', '通配符不能授权（RFC 4592 §4.2）'),
    ),
  ttlDiffers: ({name, type}) =>
    problem(
      text(`the TTLs of ${name} ${typeName(type)} differ`, `${name} ${typeName(type)} 的 TTL 不一致`),
      text('give all records of a set one TTL (RFC 2181 §5.2)', '同一记录集的 TTL 要相同（RFC 2181 §5.2）'),
    ),
} satisfies Partial<Sentences>;

const sentences: Sentences = {...inText, ...inZone};

/** A table by code cannot be indexed by a union: each code has its own fault. */
const sentenceOf = <Code extends ZoneProblem['code']>(code: Code, fault: Of<Code>): Problem =>
  sentences[code](fault);

export const zoneSentence = (fault: ZoneProblem): Problem => sentenceOf(fault.code, fault);
