/**
 * What Payload's parser of forms says of one that is none, that ends before its end, or that names an
 * upload by which nobody here takes files. It has no codes.
 */
const saidOfForms =
  /^(Unexpected end of (form|file)|Malformed (part header|content type)|Multipart: Boundary not found|Unsupported content type|Missing Content-Type|Request is not eligible for file upload|uploadConfig\.handlers is not present)/;

const isMultipart = (headers: Headers): boolean =>
  (headers.get('content-type') ?? '').toLowerCase().includes('multipart/');

/**
 * Does a form fail by what was sent rather than by us: a body that is none, or JSON in it that is none? (Of a body that
 * is JSON altogether Payload says so itself.)
 */
export const isBrokenForm = (error: unknown, headers: Headers): boolean =>
  isMultipart(headers) && error instanceof Error && (error instanceof SyntaxError || saidOfForms.test(error.message));

export const UNREADABLE = 'The body of the request can’t be read as what its type says.';
