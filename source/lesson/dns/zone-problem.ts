// What is wrong with a zone file, in words. The codes are the stack's.
import type {ZoneFault, ZoneProblem} from '../../stack/dns/zone-problem.ts';
import type {NameError} from '../../wire/dns/name.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {type Problem, problem, text} from '../problem.ts';

type Of<Code extends ZoneProblem['code']> = Extract<ZoneProblem, {readonly code: Code}>;

type InZone = ZoneProblem & ZoneFault;
type InHead = Of<'owner' | 'ttl' | 'ttlMissing' | 'class' | 'type' | 'typeMissing'>;
type InRData = Of<'missing' | 'surplus' | 'number' | 'address' | 'stringLength' | 'generic'>;
type InText = Exclude<ZoneProblem, InZone | InHead | InRData>;

const nameWrong: {readonly [why in NameError]: Problem} = {
  label: problem(
    text('a label of this name is longer than 63 octets', '这个名字里有超过 63 字节的标号'),
    text('shorten it, or divide it with a dot', '缩短它，或用点分成两段'),
  ),
  name: problem(
    text('this name is longer than 255 octets', '这个名字超过 255 字节'),
    text(
      'shorten it; the origin counts where the final dot is missing',
      '缩短它；末尾没有点时，还要算上 $ORIGIN',
    ),
  ),
  empty: problem(
    text('this name has an empty label', '这个名字里有空标号'),
    text('write one dot between two labels', '两个标号之间只写一个点'),
  ),
  escape: problem(
    text('this name has a character that no name can have as it stands', '这个名字里有不能直接写的字符'),
    text(
      'write the octet as \\DDD, in decimal, or the xn-- form',
      '把该字节写成十进制的 \\DDD，或者用 xn-- 形式',
    ),
  ),
};

const parenthesis = ({which}: Of<'parenthesis'>): Problem =>
  which === 'open'
    ? problem(
        text('this “(” is not closed, or stands inside another', '这个「(」没有闭合，或者套在另一对括号里'),
        text('close it with “)”; parentheses do not nest', '用「)」闭合；括号不能嵌套'),
      )
    : problem(text('this “)” closes nothing', '这个「)」没有对应的「(」'), text('leave it out', '去掉它'));

const numberWrong = ({field, given, max}: Of<'number'>): Problem =>
  problem(
    text(
      `${field} must be a whole number from 0 to ${max}; got “${given}”`,
      `${field} 要填 0 到 ${max} 的整数，收到的是「${given}」`,
    ),
    text(`write a number for ${field}`, `给 ${field} 写一个数`),
  );

const addressWrong = ({given, version}: Of<'address'>): Problem =>
  problem(
    text(`“${given}” is no IPv${version} address`, `「${given}」不是 IPv${version} 地址`),
    version === 4
      ? text(
          'write one such as 192.0.2.1; IPv6 addresses stand in AAAA records',
          '写成 192.0.2.1 这样；IPv6 地址要用 AAAA 记录',
        )
      : text(
          'write one such as 2001:db8::1; IPv4 addresses stand in A records',
          '写成 2001:db8::1 这样；IPv4 地址要用 A 记录',
        ),
  );

/** In the text: what stands where something else has to. */
const inText = (found: InText): Problem => {
  switch (found.code) {
    case 'quote':
      return problem(
        text('this quoted string does not end on its line', '引号里的字符串在本行没有结束'),
        text('close it with a quotation mark', '补上右引号'),
      );
    case 'parenthesis':
      return parenthesis(found);
    case 'escape':
      return problem(
        text(`“${found.given}” is no escape`, `「${found.given}」不是合法的转义`),
        text(
          'write \\X for the character X, or \\DDD for an octet, 000 to 255',
          '\\X 表示字符 X，\\DDD 表示 000 到 255 的一个字节',
        ),
      );
    case 'include':
      return problem(
        text('$INCLUDE is not read: a zone is one file', '不支持 $INCLUDE：一个区就是一个文件'),
        text('put the records of the other file here', '把另一个文件的记录写到这里'),
      );
    case 'directive':
      return problem(
        text(`no directive “${found.given}”`, `没有「${found.given}」这个指令`),
        text('known are $ORIGIN and $TTL', '可以用 $ORIGIN 和 $TTL'),
      );
    case 'origin':
      return problem(
        text(
          `“${found.given}” is relative, and no origin is known`,
          `「${found.given}」是相对名字，却不知道 $ORIGIN`,
        ),
        text(
          'write the whole name with its final dot, or $ORIGIN before it',
          '写出完整的名字并以点结尾，或在前面写 $ORIGIN',
        ),
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
        text('the first record has no owner', '第一条记录没有写名字'),
        text('begin its line with a name, @ for the origin', '行首写上名字，@ 代表 $ORIGIN'),
      );
    case 'ttl':
      return problem(
        text(`“${found.given}” is no TTL`, `「${found.given}」不是合法的 TTL`),
        text(
          'write seconds, at most 2147483647, or such as 1h30m',
          '写秒数，最大 2147483647，或写成 1h30m 这样',
        ),
      );
    case 'ttlMissing':
      return problem(
        text('this record has no TTL, and there is no default', '这条记录没有 TTL，也没有默认值'),
        text('write one before the type, or $TTL at the beginning', '在类型前写上 TTL，或在文件开头写 $TTL'),
      );
    case 'class':
      return problem(
        text(`class “${found.given}” is not served`, `不支持「${found.given}」类`),
        text('write IN', '写 IN'),
      );
    case 'type':
      return problem(
        text(`no record type “${found.given}” is known here`, `这里不认识「${found.given}」类型`),
        text(
          'known are A AAAA NS CNAME SOA MX TXT PTR SRV; any other as TYPE257 \\# 4 00000000',
          '认识 A AAAA NS CNAME SOA MX TXT PTR SRV；其他类型写成 TYPE257 \\# 4 00000000',
        ),
      );
    case 'typeMissing':
      return problem(
        text('this record has no type', '这条记录没有类型'),
        text('a record is: name, TTL, IN, type, data', '记录的格式：名字、TTL、IN、类型、数据'),
      );
  }
};

const inRData = (found: InRData): Problem => {
  switch (found.code) {
    case 'missing':
      return problem(
        text(`${found.field} is missing`, `缺少 ${found.field}`),
        text('write it here', '在这里补上'),
      );
    case 'surplus':
      return problem(
        text(`nothing may follow here; got “${found.given}”`, `后面不该再有内容，收到的是「${found.given}」`),
        text('take it out, or put it on a line of its own', '去掉它，或另起一行'),
      );
    case 'number':
      return numberWrong(found);
    case 'address':
      return addressWrong(found);
    case 'stringLength':
      return problem(
        text(
          `this string has ${found.octets} octets, more than 255`,
          `这个字符串有 ${found.octets} 字节，超过 255`,
        ),
        text('divide it into several strings', '分成几个字符串'),
      );
    case 'generic':
      return problem(
        text('these octets do not fit their length or their type', '这些字节与长度或类型不符'),
        text(
          'write \\#, the number of octets, and two hexadecimal digits for each',
          '先写 \\#，再写字节数，每个字节写两位十六进制',
        ),
      );
  }
};

/** Of the SOA and NS records at its top. */
const ofApex = (found: Extract<InZone, {code: 'soaMissing' | 'soaTwice' | 'nsMissing'}>): Problem => {
  switch (found.code) {
    case 'soaMissing':
      return problem(
        text('this zone has no SOA record', '这个区没有 SOA 记录'),
        text(
          'begin with: @ SOA, the first server, the mailbox, five numbers',
          '开头写：@ SOA、主服务器、邮箱、五个数',
        ),
      );
    case 'soaTwice':
      return problem(
        text(`zone ${found.zone} has its SOA record already`, `区 ${found.zone} 已有 SOA 记录`),
        text('leave one', '只留一条'),
      );
    case 'nsMissing':
      return problem(
        text(`zone ${found.zone} names no server`, `区 ${found.zone} 没有写明服务器`),
        text(`add an NS record at ${found.zone}`, `给 ${found.zone} 加一条 NS 记录`),
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
        text(`${found.name} is not in the zone ${found.zone}`, `${found.name} 不在区 ${found.zone} 里`),
        text(
          'put it in a zone of its own; without a final dot a name is below the origin',
          '写到它自己的区里；名字末尾没有点时，后面会接上 $ORIGIN',
        ),
      );
    case 'alias':
      return problem(
        text(
          `${found.name} is an alias and may have no other record`,
          `${found.name} 是别名，不能再有别的记录`,
        ),
        text('leave the one CNAME record, or replace it', '只留那一条 CNAME，或者换掉它'),
      );
    case 'belowCut':
      return problem(
        text(
          `${found.cut} is delegated; ${found.name} belongs to the servers there`,
          `${found.cut} 已经委派出去，${found.name} 归那边的服务器管`,
        ),
        text(
          'here only NS records of the cut and addresses of its servers may stand',
          '这里只能写委派点的 NS 和那些服务器的地址',
        ),
      );
    case 'wildcardNs':
      return problem(
        text(`${found.name} is a wildcard and cannot be delegated`, `${found.name} 是通配符，不能委派`),
        text('write NS records for each name (RFC 4592 §4.2)', '给每个名字分别写 NS（RFC 4592 §4.2）'),
      );
    case 'ttlDiffers':
      return problem(
        text(
          `the ${typeName(found.type)} records of ${found.name} have different TTLs`,
          `${found.name} 的几条 ${typeName(found.type)} 记录 TTL 不同`,
        ),
        text('give all of them the same (RFC 2181 §5.2)', '写成一样（RFC 2181 §5.2）'),
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
