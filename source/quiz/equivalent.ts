// Gives answers that mean the same one spelling: hexadecimal and decimal numbers, state names of different tools, spaces, case, English and
// Chinese punctuation.

/** Maps the names that tools use for TCP states to those of the RFC. */
const stateNames: {readonly [name: string]: string} = {
  SYNSENT: 'SYN-SENT',
  SYNSEND: 'SYN-SENT',
  SYNRECV: 'SYN-RECEIVED',
  SYNRCVD: 'SYN-RECEIVED',
  SYNRECEIVED: 'SYN-RECEIVED',
  ESTAB: 'ESTABLISHED',
  FINWAIT1: 'FIN-WAIT-1',
  FINWAIT2: 'FIN-WAIT-2',
  CLOSEWAIT: 'CLOSE-WAIT',
  LASTACK: 'LAST-ACK',
  TIMEWAIT: 'TIME-WAIT',
  UNCONN: 'CLOSED',
  CLOSE: 'CLOSED',
};

const widened: {readonly [mark: string]: string} = {'，': ',', '、': ',', '；': ';', '：': ':', '　': ' '};

/** Returns a normal spelling that is equal for all answers with the same meaning. */
export const canonical = (answer: string): string => {
  const plain = answer
    .replace(/[，、；：　]/g, (mark) => widened[mark] ?? mark)
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*,\s*/g, ',');
  if (/^0x[0-9a-f]+$/i.test(plain)) return String(Number.parseInt(plain, 16));
  if (/^\d+$/.test(plain)) return plain.replace(/^0+(?=\d)/, '');
  const letters = plain.toUpperCase().replace(/[-_ ]/g, '');
  return (stateNames[letters] ?? plain).toLowerCase();
};
