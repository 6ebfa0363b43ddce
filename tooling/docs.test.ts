import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentedCommands } from './documentedCommands';
import { parseEnvExample } from './envExample';
import { commandOf, commandsIn, houseFiles, parseMarkdown, readDocuments, root } from './markdown';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const documents = readDocuments();
const files = new Set(houseFiles);
const folders = new Set(
  houseFiles.flatMap((file) => {
    const parts = file.split('/');
    return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
  }),
);
const exists = (name: string): boolean => name === '' || files.has(name) || folders.has(name);

/** Every finding of every document, so that one run shows all. */
const findings = (find: (document: (typeof documents)[number]) => string[]): string[] =>
  documents.flatMap((document) => find(document).map((finding) => `${document.file}: ${finding}`));

describe('links', () => {
  it('lead to files and headings that are there', () => {
    expect(
      findings(({ file, links }) =>
        links.filter((link) => {
          if (/^[a-z]+:/.test(link)) return false;
          const [target = '', anchor] = link.split('#');
          const name = target === '' ? file : path.normalize(path.join(path.dirname(file), target)).replace(/\/$/, '');
          if (name !== '.' && !exists(name)) return true;
          if (anchor === undefined || !name.endsWith('.md')) return false;
          return !documents.find((document) => document.file === name)?.anchors.has(anchor);
        }),
      ),
    ).toEqual([]);
  });
});

describe('paths in backticks', () => {
  /** Which look like paths of the house and are something else. */
  const others = new Set(['next/og', '@convene/backend', 'jobs/*', '{outboxId}/{n}', 'convene_fold']);
  const endings = 'ts|tsx|mjs|lua|json|md|yml|css|Dockerfile|grit';
  const isPath = (span: string): boolean =>
    !others.has(span) &&
    (new RegExp(`^[\\w.@-]+\\.(${endings})$`).test(span) || /^[\w.@-]+(?:\/[\w.@()[\]<>…*-]+)+\/?$/.test(span));

  const all = [...files, ...folders];
  /** As it is, or as the end of a longer path; `<…>`, `…` and `*` stand for something. */
  const isThere = (span: string): boolean => {
    const name = span.replace(/\/$/, '');
    if (exists(name)) return true;
    const pattern = name
      .split(/(<[^>]*>|…|\*)/)
      .map((part) => {
        if (part === '…') return '.+';
        return part === '*' || part.startsWith('<') ? '[^/]+' : part.replace(/[.()[\]]/g, '\\$&');
      })
      .join('');
    const found = new RegExp(`(?:^|/)${pattern}(?:\\.tsx?)?$`);
    return all.some((candidate) => found.test(candidate));
  };

  it('are there', () => {
    const built = /^apps\/\w+\/dist\//;
    expect(
      findings(({ spans }) => spans.filter((span) => isPath(span) && !built.test(span) && !isThere(span))),
    ).toEqual([]);
  });

  it('are looked for at all', () => {
    expect(isPath('apps/backend/src/nowhere.ts') && !isThere('apps/backend/src/nowhere.ts')).toBe(true);
    expect(isPath('nowhere.test.ts') && !isThere('nowhere.test.ts')).toBe(true);
    expect(isThere('collections/<Name>/index.ts')).toBe(true);
    expect(isThere('collections/<Name>/nowhere.ts')).toBe(false);
  });
});

describe('scripts', () => {
  const scriptsOf = (file: string): Record<string, string> =>
    z.object({ name: z.string(), scripts: z.record(z.string(), z.string()).default({}) }).parse(JSON.parse(read(file)))
      .scripts;
  const packageFiles = new Map(
    houseFiles
      .filter((file) => /^(?:[\w-]+\/){0,2}package\.json$/.test(file))
      .map((file) => [z.object({ name: z.string() }).parse(JSON.parse(read(file))).name, file]),
  );
  const pnpmsOwn = new Set(['install', 'audit', 'exec', 'add', 'run']);

  it('of pnpm are in the package that is named', () => {
    expect(
      findings(({ spans, blockLines }) =>
        [...spans, ...blockLines]
          .flatMap((code) => [...code.matchAll(/\bpnpm (?:--filter (\S+) )?([a-z][\w-]*(?::[\w…-]+)?)/g)])
          .filter(([, filter = 'convene', script = '']) => {
            const file = packageFiles.get(filter);
            if (file === undefined) return true;
            if (pnpmsOwn.has(script)) return false;
            const scripts = Object.keys(scriptsOf(file));
            return script.endsWith('…')
              ? !scripts.some((name) => name.startsWith(script.slice(0, -1)))
              : !scripts.includes(script);
          })
          .map(([whole]) => whole),
      ),
    ).toEqual([]);
  });
});

describe('variables', () => {
  const compose = ['docker-compose.yml', 'docker-compose.production.yml'].map(read).join('\n');
  const known = new Set([
    ...Object.keys(parseEnvExample(read('.env.example'))),
    ...[...compose.matchAll(/\$\{([A-Z0-9_]+)/g)].map(([, name]) => name ?? ''),
    // Docker Compose's own.
    'COMPOSE_FILE',
  ]);

  it('are in .env.example or asked for by a compose file', () => {
    const named = (code: string): string | undefined =>
      /^([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=.*)?$/.exec(code)?.[1] ?? /^([A-Z][A-Z0-9_]+)=/.exec(code)?.[1];
    const all = documents.flatMap(({ spans, blockLines }) => [...spans, ...blockLines]).map(named);
    expect(all.filter(Boolean).length).toBeGreaterThan(40);
    expect(
      findings(({ spans, blockLines }) =>
        [...spans, ...blockLines]
          .map(named)
          .filter((name) => name !== undefined && !known.has(name))
          .map(String),
      ),
    ).toEqual([]);
  });
});

describe('addresses', () => {
  const routesBelow = (folder: string, ending: RegExp): string[] =>
    houseFiles
      .filter((file) => file.startsWith(folder) && ending.test(file))
      .map((file) => `/${file.slice(folder.length).replace(ending, '')}`.replace(/\/$/, '') || '/');
  const backend = routesBelow('apps/backend/src/app/', /route\.ts$/).filter((route) => !route.includes('(payload)'));
  const site = routesBelow('apps/frontend/app/', /(?:route|page)\.tsx?$/);
  /** What Payload itself answers, as far as we speak of it. */
  const payloads = [
    '/api/users/login',
    '/api/users/reset-password',
    '/api/graphql',
    '/api/media/file/[name]',
    '/admin',
  ];
  /** Pages of ours in Payload's admin. */
  const views = [...read('apps/backend/src/payload.config.ts').matchAll(/^ +path: '(\/[\w/-]+)',$/gm)].map(
    ([, name]) => `/admin${name}`,
  );

  /** `:id`, `{id}` and `<id>` stand for one part, `*` and `…` for the rest. */
  const matches = (route: string, address: string): boolean => {
    const wanted = address.split('/');
    const parts = route.split('/');
    const isOpen = ['*', '…'].includes(wanted.at(-1) ?? '');
    if (isOpen ? parts.length < wanted.length : parts.length !== wanted.length) return false;
    return wanted.every(
      (part, index) => part === '*' || part === '…' || part === parts[index] || parts[index]?.startsWith('['),
    );
  };
  const isAnswered = (address: string): boolean =>
    (/^\/(?:api|admin)\b/.test(address) ? [...backend, ...payloads, ...views] : site).some((route) =>
      matches(route, address),
    );

  const addressOf = (code: string): string | undefined =>
    /^(?:(?:GET|POST|PUT|PATCH|DELETE) )?(?:https?:\/\/[\w.<>]+)?(\/(?:api|admin)\b[^\s?]*)/.exec(code)?.[1] ??
    /^(?:GET|POST) (\/[^\s?]*)/.exec(code)?.[1];

  it('of endpoints are answered', () => {
    expect(documents.flatMap(({ spans }) => spans.map(addressOf)).filter(Boolean).length).toBeGreaterThan(30);
    expect(
      findings(({ spans }) =>
        spans
          .map(addressOf)
          .filter((address) => address !== undefined && !isAnswered(address))
          .map(String),
      ),
    ).toEqual([]);
    expect(isAnswered('/api/nowhere')).toBe(false);
  });

  it('of jobs name a job, and a host without a process that lives is told of every one', () => {
    const jobs = [...read('apps/backend/src/schedulers/calledJobs.ts').matchAll(/^ {2}\['([a-z-]+)'/gm)].map(
      ([, name]) => name ?? '',
    );
    expect(jobs.length).toBeGreaterThan(4);
    const named = (text: string) => [...text.matchAll(/\/api\/jobs\/([a-z-]+)/g)].map(([, name]) => name ?? '');
    expect(findings(({ text }) => named(text).filter((name) => !jobs.includes(name)))).toEqual([]);
    expect(new Set(named(read('docs/deploy/next-host.md')))).toEqual(new Set(jobs));
  });
});

describe('commands', () => {
  const told = new Set(documents.flatMap(commandsIn));

  it('are each in the table of who runs them, and nothing else is', () => {
    const open = Object.keys(documentedCommands).filter((command) => command.endsWith('…'));
    const isListed = (command: string): boolean =>
      Object.hasOwn(documentedCommands, command) || open.some((begin) => command.startsWith(begin.slice(0, -1)));
    expect([...told].filter((command) => !isListed(command))).toEqual([]);
    expect(Object.keys(documentedCommands).filter((command) => !told.has(command))).toEqual([]);
  });

  it('are run where the table says', () => {
    const lost = Object.entries(documentedCommands).filter(([, ran]) => {
      if ('byHand' in ran) return ran.byHand.length < 10;
      if ('ci' in ran) return !read('.ci/run').split('\n').includes(ran.ci);
      return !exists(ran.test) || !read(ran.test).includes(ran.says);
    });
    expect(lost).toEqual([]);
  });
});

describe('reading Markdown', () => {
  it('tells code, links and headings apart', () => {
    const text = [
      '# A `word`, and another',
      '## Twice',
      '## Twice',
      'See [this](a.md#b "title"), `[no](link)` and `npx -y pnpm test`.',
      '',
      '    npx -y pnpm dev   # starts',
      '',
      '- an item',
      '    that goes on',
      '```mermaid',
      'pnpm nothing',
      '```',
    ].join('\n');
    const document = parseMarkdown('x.md', text);
    expect(document.links).toEqual(['a.md#b']);
    expect([...document.anchors]).toEqual(['a-word-and-another', 'twice', 'twice-1']);
    expect(commandsIn(document)).toEqual(['pnpm test', 'pnpm dev']);
  });

  it.each([
    [
      'DATABASE_URL=<the direct address> npx -y pnpm --filter @convene/backend migrate',
      'pnpm --filter @convene/backend migrate',
    ],
    [
      'docker compose exec -T postgres pg_dump --format custom convene > convene.dump',
      'docker compose exec -T postgres pg_dump --format custom convene',
    ],
    ['pnpm', null],
    ['nodes of a graph', null],
  ])('%s', (code, command) => {
    expect(commandOf(code)).toBe(command);
  });
});
