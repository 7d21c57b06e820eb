/** What a tenant asks for, read and judged: pure. */
import { cleanText } from './clean-text.js';
import { dangersIn, type Danger } from './danger.js';
import { invalidInput } from './errors.js';
import { findProblem, type FoundProblem, type RepairGuide } from './guide.js';
import type { Landlord, PhoneLine } from './landlord.js';
import { linesOpenFirst } from './opening.js';
import { printedPhone, readPhone } from './phone.js';

/** As much as the housing system's own field holds. */
export const MOST_CHARACTERS = 2_000;
export const MOST_PROBLEMS = 10;
/** The priority of what is only written. */
const NORMAL = 'N';
/** Never taken online: immediate, emergency, urgent, out of hours. */
const TOO_URGENT: ReadonlySet<string> = new Set(['I', 'E', 'U', 'O']);
/** Something to see, and not only blanks and marks that are invisible. */
const READABLE = /[^\p{Z}\p{Cc}\p{Cf}]/u;
/** In working days. */
export const CONTACT_WITHIN = 2;

export interface Asked {
  readonly problemIds: readonly string[];
  readonly description?: string | null | undefined;
  readonly contactPhone?: string | null | undefined;
}

export interface RepairRequest {
  readonly problems: readonly FoundProblem[];
  /** The tenant's own words; '' where there are none. */
  readonly description: string;
  /** Problems and words as the housing system is told them. */
  readonly text: string;
  readonly sorCode: string | null;
  readonly priority: string;
  readonly contactPhone: string | null;
  /** Why it is not to be taken online; null where it is. */
  readonly phoneUs: PhoneUs | null;
}

export interface PhoneUs {
  readonly gas: boolean;
  readonly fire: boolean;
  /** An emergency, and not only urgent. */
  readonly emergency: boolean;
}

/** A number as it is printed, so that whoever calls can read it. @throws INVALID_INPUT for one that cannot be dialled. */
function phoneOf(typed: string | null | undefined): string | null {
  const text = cleanText(typed ?? '');
  if (text === '') return null;
  const number = readPhone(text);
  if (!number) throw invalidInput('input.contactPhone', 'Enter one phone number with its area code, and nothing else.');
  return printedPhone(number);
}

function problemsOf(guide: RepairGuide, ids: readonly string[]): FoundProblem[] {
  const found = new Map<string, FoundProblem>();
  for (const id of ids) {
    const problem = findProblem(guide, id);
    if (!problem) throw invalidInput('input.problemIds', 'The repair guide has no problem of that id, and no older version of it had one. Read the guide again.');
    found.set(problem.problem.id, problem);
  }
  if (found.size > MOST_PROBLEMS) throw invalidInput('input.problemIds', `Choose at most ${MOST_PROBLEMS} problems. Ask again for the others.`);
  return [...found.values()];
}

function urgency(problems: readonly FoundProblem[], dangers: ReadonlySet<Danger>): PhoneUs | null {
  const urgent = problems.filter(({ problem }) => problem.emergency || TOO_URGENT.has(problem.priority));
  if (urgent.length === 0 && dangers.size === 0) return null;
  const emergencies = urgent.filter(({ problem }) => problem.emergency || problem.priority === 'I' || problem.priority === 'E');
  const named = urgent.map(({ problem }) => dangersIn(problem.title));
  return {
    gas: [dangers, ...named].some((some) => some.has('GAS')),
    fire: [dangers, ...named].some((some) => some.has('FIRE')),
    emergency: dangers.size > 0 || emergencies.length > 0,
  };
}

/** Reads what was asked for. @throws INVALID_INPUT with the field at fault. */
export function readRequest(guide: RepairGuide, asked: Asked): RepairRequest {
  const problems = problemsOf(guide, asked.problemIds);
  const description = cleanText(asked.description ?? '');
  if (problems.length === 0 && !READABLE.test(description)) throw invalidInput('input.description', 'Choose a problem from the guide, or describe what is wrong.');
  const chosen = problems.map(({ path, problem }) => `${path}: ${problem.title}`).join('\n');
  const room = MOST_CHARACTERS - (chosen === '' ? 0 : chosen.length + 1);
  const dangers = dangersIn(description, chosen);
  const phoneUs = urgency(problems, dangers);
  // Whoever writes at length about a gas leak is told to phone, not to be brief.
  if (description.length > room && phoneUs === null) {
    const beside = chosen === '' ? '' : ' beside the chosen problems';
    throw invalidInput('input.description', `Use at most ${Math.max(0, room).toLocaleString('en-GB')} characters${beside}.`);
  }
  const first = problems[0]?.problem;
  return {
    problems, description, phoneUs,
    text: [chosen, description].filter(Boolean).join('\n'),
    sorCode: first?.sorCode ?? null,
    priority: first?.priority ?? NORMAL,
    contactPhone: phoneOf(asked.contactPhone),
  };
}

export const GAS_EMERGENCY: PhoneLine = {
  name: 'National gas emergency service', number: '0800 111 999', hours: 'Day and night, every day of the year', opening: { kind: 'always' }, emergencies: true,
};

/**
 * Whom to phone: lines that are open now first, the landlord's before the national service for gas, which is always open. The message
 * has that service's number in it, so that it is read first of all.
 */
export function linesToPhone(landlord: Pick<Landlord, 'phoneLines'>, { gas }: PhoneUs, instant: Date): readonly PhoneLine[] {
  return linesOpenFirst({ phoneLines: [...landlord.phoneLines, ...(gas ? [GAS_EMERGENCY] : [])] }, instant);
}

export function phoneUsMessage({ gas, fire, emergency }: PhoneUs): string {
  const words = ['Please phone us now: this has not been sent.'];
  if (gas) words.push(`If you smell gas or an alarm for carbon monoxide sounds, open the windows, touch no switch, leave the home, and phone the gas emergency service on ${GAS_EMERGENCY.number} from outside.`);
  if (fire) words.push('If anything is burning, leave the home and dial 999 first.');
  words.push(emergency ? 'An emergency is dealt with by phone only, day and night.' : 'It is too urgent to be asked for online.');
  return words.join(' ');
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);

/** Fewer words than this say too little to be compared by their share. */
const LEAST_WORDS = 3;
const ALIKE = 0.75;

/** Whether two descriptions are of the same thing, very likely: nearly the same words, in any order. */
export function verySimilar(a: string, b: string): boolean {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  if (all === 0) return false;
  return Math.min(one.size, other.size) < LEAST_WORDS ? shared === all : shared / all >= ALIKE;
}
