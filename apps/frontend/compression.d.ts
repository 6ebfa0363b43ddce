/** As far as it is used here. (The published types ask for Express' requests; it takes Node's.) */
declare module 'compression' {
  type Options = { brotli?: import('node:zlib').BrotliOptions };
  type Middleware = (
    request: import('node:http').IncomingMessage,
    response: import('node:http').ServerResponse,
    next: (error?: unknown) => void,
  ) => void;

  export default function compression(options?: Options): Middleware;
}
