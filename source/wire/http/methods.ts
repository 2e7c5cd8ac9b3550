// The properties of HTTP methods (RFC 9110 §9.2), and how a redirect changes the method (§15.4).

const safe = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** Tells whether an HTTP method only reads, so that stored responses stay valid (§9.2.1). */
export const isSafe = (method: string): boolean => safe.includes(method);

/** Tells whether a request with this HTTP method has the same effect when sent twice, so that it may be sent again (§9.2.2). */
export const isIdempotent = (method: string): boolean => isSafe(method) || ['PUT', 'DELETE'].includes(method);

/**
 * Returns the HTTP method of the request that follows a redirect: after 303 GET, or HEAD as before; after 301 and 302 browsers change POST
 * to GET, which 307 and 308 forbid.
 */
export const redirectedMethod = (status: number, method: string): string => {
  if (status === 303) return method === 'HEAD' ? 'HEAD' : 'GET';
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method;
};

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
