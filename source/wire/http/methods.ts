// What methods promise (RFC 9110 §9.2), and what becomes of them on a redirect (§15.4).

const safe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Reads only: what is stored of the resource stays true (§9.2.1). */
export const isSafe = (method: string): boolean => safe.includes(method);

/** Done twice is as done once, so it may be sent again (§9.2.2). */
export const isIdempotent = (method: string): boolean => isSafe(method) || ['PUT', 'DELETE'].includes(method);

/** 303 leads to a page to be read; with 301 and 302 browsers make POST a GET, which 307 and 308 forbid. */
export const redirectedMethod = (status: number, method: string): string => {
  if (status === 303) return method === 'HEAD' ? 'HEAD' : 'GET';
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method;
};

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
