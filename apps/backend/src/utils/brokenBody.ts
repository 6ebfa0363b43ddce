/**
 * What Payload's parser of forms says of one that is none, that ends before its end, or that names an
 * upload by which nobody here takes files. It has no codes.
 */
const saidOfForms =
  /^(Unexpected end of (form|file)|Malformed (part header|content type)|Multipart: Boundary not found|Unsupported content type|Missing Content-Type|Request is not eligible for file upload|uploadConfig\.handlers is not present)/;

export const isMultipart = (headers: Headers): boolean =>
  (headers.get('content-type') ?? '').toLowerCase().includes('multipart/');

/** Does it fail by what was sent rather than by us: a body that is not what its type says? */
export const isBrokenBody = (error: unknown, headers: Headers): boolean => {
  if (error instanceof SyntaxError) return true;
  return isMultipart(headers) && error instanceof Error && saidOfForms.test(error.message);
};

export const BROKEN_BODY = 'The body of the request can’t be read as what its type says.';
