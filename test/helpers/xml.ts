// Is a text well-formed XML 1.0, as far as our pictures use it? Tags nest and close, attributes are quoted and unique, every `&` is an
// entity that XML knows, no character that it forbids.

const token = /<\/([a-z]+)>|<([a-z]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const badEntity = /&(?!(amp|lt|gt|quot|#39);)/;

/** What is wrong with it; undefined: nothing. */
export const xmlFault = (text: string): string | undefined => {
  if (forbidden.test(text)) return 'a character that XML forbids';
  if (badEntity.test(text)) return `a bare & at ${text.search(badEntity)}`;
  const open: string[] = [];
  let roots = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const [, closes, opens, attributes = '', empty, words] = token.exec(text) ?? [];
    if (closes === undefined && opens === undefined && words === undefined)
      return `no tag and no text: ${text.slice(from, from + 80)}`;
    if (closes !== undefined && open.pop() !== closes) return `</${closes}> closes another element`;
    if (opens !== undefined) {
      if (open.length === 0) roots++;
      const names = [...attributes.matchAll(/([\w:-]+)=/g)].map(([, name]) => name);
      if (new Set(names).size < names.length) return `<${opens}> has an attribute twice`;
      if (empty !== '/') open.push(opens);
    }
    if (words !== undefined && open.length === 0 && words.trim() !== '') return `text outside: ${words}`;
  }
  if (open.length > 0) return `<${open[open.length - 1]}> is never closed`;
  return roots === 1 ? undefined : `${roots} roots`;
};
