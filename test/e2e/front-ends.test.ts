/** docs/front-ends.md does what it says: its snippets are checked against the typed documents, run in their order, and answer what stands below them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { startGateway, type TestGateway } from '../support/gateway.js';
import { compared, snippetsOf, type Snippet } from '../support/snippets.js';
import { RepairsDocument } from '../../generated/operations.js';

const root = process.cwd();
const snippets = snippetsOf(join(root, 'docs', 'front-ends.md'));
const of = (language: Snippet['language']): readonly Snippet[] => snippets.filter((snippet) => snippet.language === language);

/** Where the guide's program would lie in a front end: beside `generated`. No such file is written. */
const PROGRAM = join(root, 'front-ends-guide.ts');
/** The built documents are below `dist`, so what is compiled of it has to be there as well. */
const COMPILED = join(root, 'dist', `front-ends-guide-${process.pid}.mjs`);
const MARK = '=== ';

const marked = (name: string, code: string): string => `${code}\nconsole.log(${JSON.stringify(`${MARK}after ${name}`)});\n`;

/** What the guide claims of its own code, beside what it prints: tried right after the snippet of that name. */
const CLAIMS: Readonly<Record<string, { readonly name: string; readonly code: string; readonly prints: string }>> = {
  tokens: {
    name: 'requests at once with a stale token share one refresh',
    code: `
      const growStale = (): void => { if (session) session = { ...session, accessToken: 'stale' }; };
      growStale();
      const three = await Promise.all([1, 2, 3].map(() => ask(ViewerDocument, {})));
      console.log(three.map(({ data }) => data?.viewer?.displayName).join(', '));`,
    prints: 'Mrs Margaret Tidcombe, Mrs Margaret Tidcombe, Mrs Margaret Tidcombe',
  },
  report: {
    name: 'a request whose answer is lost is asked for again, and taken once',
    code: `
      const whole = globalThis.fetch;
      let lost = 0;
      globalThis.fetch = async (...sent) => {
        const answer = await whole(...sent);
        if (lost++ === 0) throw new TypeError('the answer is lost');
        return answer;
      };
      const anew = await requestRepair({ ...draft, problemIds: ['gutter-broken'], idempotencyKey: crypto.randomUUID() });
      globalThis.fetch = whole;
      console.log(lost, anew.data?.requestRepair.outcome);`,
    prints: '2 ACCEPTED',
  },
};

/** All TypeScript of the guide as one program, which says where each snippet ends. */
const program = of('ts').map(({ name, code }) => {
  const claim = CLAIMS[name];
  return marked(name, code) + (claim ? marked(claim.name, claim.code) : '');
}).join('\n');

/** Parsed once: reading the libraries is most of the work. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function checkTypes(text: string): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, incremental: false, tsBuildInfoFile: undefined }, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  Object.assign(host, {
    fileExists: (path: string) => path === PROGRAM || fileExists(path),
    readFile: (path: string) => (path === PROGRAM ? text : readFile(path)),
    getSourceFile: (path: string, ...rest: [ts.ScriptTarget]) => {
      if (path === PROGRAM) return ts.createSourceFile(path, text, ...rest);
      if (!parsed.has(path)) parsed.set(path, getSourceFile.call(host, path, ...rest));
      return parsed.get(path);
    },
  });
  return ts.getPreEmitDiagnostics(ts.createProgram([PROGRAM], options, host))
    .map(({ file, start, messageText }) => `line ${(file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

/** Runs a command and gives what it printed; the gateway lives in this process, so it must not block. @throws with its complaints where it fails. */
async function printed(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text.out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    text.err += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0 || text.err !== '') throw new Error(`it ended with ${String(code)}: ${text.err}\n${text.out}`);
  return text.out;
}

/** What each snippet printed, by its name. */
function byName(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  let own: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith(`${MARK}after `)) {
      found[line.slice(`${MARK}after `.length)] = own.join('\n');
      own = [];
    } else own.push(line);
  }
  return found;
}

test('the TypeScript is right for the typed documents', () => {
  expect(checkTypes(program)).toEqual([]);
  // And a mistake would be seen.
  expect(checkTypes(program.replace('tenancyReference: reference', 'tenancyReference: 17'))).not.toEqual([]);
});

describe('run against a gateway', () => {
  let gateway: TestGateway;
  let local: (text: string) => string;
  beforeAll(async () => {
    gateway = await startGateway({ SIM_CONTROL_PORT: '0' });
    // Nothing that is asked for arrives meanwhile: the guide shows what stands there before.
    for (const operation of ['CreateRepairRequest', 'UpdateContactDetails']) gateway.legacy!.faults.set(operation, { kind: 'reset-before' });
    local = (text) => text.replaceAll('http://127.0.0.1:4000', gateway.url).replaceAll('http://127.0.0.1:9900', `http://127.0.0.1:${gateway.legacy!.controlPort}`);
  });
  afterAll(async () => {
    rmSync(COMPILED, { force: true });
    await gateway.close();
  });

  async function runTypeScript(): Promise<Record<string, string>> {
    const { outputText } = ts.transpileModule(local(program), { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } });
    writeFileSync(COMPILED, outputText);
    return byName(await printed(process.execPath, [COMPILED]));
  }

  const runShell = async (): Promise<Record<string, string>> =>
    byName(await printed('bash', ['-c', of('sh').map(({ name, code }) => `${local(code)}\necho '${MARK}after ${name}'`).join('\n')]));

  test.each([['TypeScript', 'ts', runTypeScript], ['the shell', 'sh', runShell]] as const)('the snippets in %s answer as the guide says', async (_name, language, run) => {
    const printedBy = await run();
    const all = of(language).map(({ name, answer }) => ({ name, ...compared(answer, printedBy[name] ?? 'it was not reached') }));
    expect(all.map(({ name, printed: answer }) => ({ name, answer }))).toEqual(all.map(({ name, said }) => ({ name, answer: said })));
    if (language === 'sh') return;
    for (const { name, prints } of Object.values(CLAIMS)) expect({ name, printed: printedBy[name] }).toEqual({ name, printed: prints });
    const { data } = await gateway.send(RepairsDocument, { reference: '000017/01', statuses: ['SUBMITTED'], first: 20 }, await gateway.token());
    expect(data?.tenancy?.repairs?.nodes.map(({ description }) => /: (Blocked|Broken)/.exec(description)?.[1]).sort()).toEqual(['Blocked', 'Broken']);
  });
});
