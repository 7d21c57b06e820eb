/**
 * Danger in a tenant's own words. It errs on the safe side: a false alarm costs a phone call, a missed one may cost a life. So
 * "no smell of gas" counts too, and only phrases that are plainly about something else are taken out first.
 */

export type Danger = 'GAS' | 'FIRE' | 'ELECTRICITY' | 'WATER' | 'NO_WATER' | 'NO_POWER' | 'COLD_AND_VULNERABLE' | 'FALLING' | 'INSECURE' | 'SEWAGE' | 'TRAPPED';

/** Phrases that hold a word of danger and mean none. */
const HARMLESS: readonly RegExp[] = [
  /\bgas (?:bills?|account|tariff|supplier|company|payments?|card|key|meter (?:reading|number|cupboard|box)s?|safety (?:check|certificate|inspection|record|visit|appointment)s?|certificates?|service|servicing|engineers?|man|fitter)\b/g,
  /\b(?:british|wales and west) gas\b(?! (?:leak|smell))/g,
  /\bfire (?:doors?|alarms?|escapes?|exits?|extinguishers?|blankets?|surrounds?|places?|safety|drills?|station|brigade (?:visit|check))\b/g,
  /\b(?:smoke|heat) (?:alarms?|detectors?|sensors?)\b/g,
  /\b(?:no smoking|stopped smoking|smoke free|chain smok\w*|smok(?:es|ing) (?:cigarettes|weed|cannabis))\b/g,
  /\bflood ?lights?\b|\bflooded with (?:light|calls|emails)\b|\bflood ?lit\b/g,
  /\bsparks? (?:joy|plugs?)\b/g,
];

const UNUSABLE = String.raw`(?:not|n't|cannot|no longer|never|broken|broke|stopped|packed|failed|failing|gone|off|down|dead|bust)`;

const PATTERNS: readonly (readonly [Danger, RegExp])[] = [
  ['GAS', /\bgas(?:s|es)?\b|\bgas(?:leak|smell)\w*/],
  ['GAS', /\brotten eggs?\b/],
  ['GAS', /\bcarbon monoxide\b|\bco (?:alarm|detector|poisoning)\b/],
  ['FIRE', /\b(?:fires?|on fire|flames?|blaze|smouldering)\b/],
  ['FIRE', /\bsmok(?:e|ey|y|ing)\b/],
  ['FIRE', /\bburn(?:ing|t|ed)? (?:smell|odou?r|plastic|wires?|wiring)\b|\bsmell\w*(?: \w+){0,3} burn(?:ing|t)\b|\b(?:is|are|was|keeps?|started) burning\b/],
  ['ELECTRICITY', /\bspark(?:s|ed|ing|y)?\b|\barcing\b/],
  ['ELECTRICITY', /\belectric(?:al)? shocks?\b|\belectrocut\w+\b|\b(?:got|get|gets|getting|gave|gives|giving|had|a)(?: \w+){0,3} shocks?\b/],
  ['ELECTRICITY', /\b(?:bare|exposed|live|melted|melting)(?: \w+)? (?:wires?|wiring|cables?|sockets?|plugs?|electrics)\b|\b(?:socket|plug|switch|fuse ?box)\w*(?: \w+){0,4} melt\w*\b/],
  ['ELECTRICITY', /\b(?:water|leak\w*|wet)\b[^.!?]{0,60}\b(?:electrics?|electricity|sockets?|light fittings?|fuse ?box(?:es)?|consumer unit|wiring)\b/],
  ['WATER', /\bflood(?:s|ed|ing)?\b|\bdeluge\b/],
  ['WATER', /\bburst\b[^.!?]{0,30}\b(?:pipes?|main|tank|cylinder|radiator|boiler)\b|\b(?:pipe|pipes|main|tank|cylinder|radiator|boiler)\b[^.!?]{0,20}\bburst\b/],
  ['WATER', /\bwater(?: \w+){0,3} (?:pouring|gushing|cascading|flooding)\b|\b(?:pouring|gushing)(?: \w+){0,3} water\b|\bwater (?:is |keeps )?coming (?:through|in through) (?:the |my |our )?(?:ceiling|roof|light)\b/],
  ['WATER', /\b(?:cannot|can't|unable to) (?:stop|turn off) the (?:water|leak)\b|\buncontrollable leak\b/],
  ['NO_WATER', /\b(?:no|without(?: any)?) (?:running |drinking |mains |cold )?water\b(?! (?:pressure|damage|leak|meter|bill|butt|in the (?:toilet|cistern)))/],
  ['NO_POWER', /\b(?:no|without(?: any)?|lost(?: all)?(?: the| our| my)?) (?:electric(?:ity|s)?|power)\b(?! (?:to|in|at|from) (?:the |one |a |my )?(?:\w+ )?(?:socket|plug|shower|cooker|oven|light))/],
  ['FALLING', /\b(?:ceiling|roof|wall|chimney|balcony|stairs?|staircase|floor)\b[^.!?]{0,40}\b(?:com(?:e|es|ing) down|came down|fall(?:s|ing|en)?|fell|collaps\w+|cav(?:ed|ing) in|giv(?:e|es|ing) way|bulging|sagging|about to go)\b/],
  ['FALLING', /\bcollapsed? (?:ceiling|roof|wall|chimney|balcony|stairs?|floor)\b/],
  ['INSECURE', /\b(?:front|back|rear|main|outside|external|entrance|flat|patio|house|communal) door\b[^.!?]{0,60}\b(?:lock(?:s|ed|ing)?|secure[ds]?|insecure|shut|close)\b/],
  ['INSECURE', /\b(?:cannot|can't|can not|unable to|could not|couldn't) (?:lock|secure)(?: up)?(?: my| our| the)? (?:house|home|flat|property|place|(?:(?:front|back|rear|main|outside|external|entrance|patio|communal) )?door)\b/],
  ['INSECURE', /\b(?:break in|broken into|burgl\w+|kicked in|forced (?:entry|open)|insecure)\b/],
  ['SEWAGE', /\bsewage\b|\bsewerage\b|\braw waste\b/],
  ['TRAPPED', /\b(?:trapped|stuck) (?:in|inside) (?:the |a |our )?(?:lift|room|bathroom|flat|house)\b|\blift\b[^.!?]{0,40}\b(?:people|person|some(?:one|body)|child(?:ren)?|residents?|neighbours?) (?:\w+ ){0,2}(?:inside|in it|trapped)\b|\blocked (?:out|in)\b/],
];

/** Lines about a door that locks badly are only dangerous where they say that it does not. */
const LOCKS_NOT = new RegExp(String.raw`${UNUSABLE}|won't|wont|doesn't|doesnt|unable|insecure|kicked|smashed|broke`);

const NO_HEAT: readonly RegExp[] = [
  /\b(?:no|without(?: any)?) (?:heat|heating|central heating|hot water|warm water)\b|\bno (?:\w+ )?(?:heating|hot water)\b/,
  new RegExp(String.raw`\b(?:heating|boiler|hot water|radiators?|heaters?)\b[^.!?]{0,40}?(?:\b|(?=n't))${UNUSABLE}\b`),
  /\b(?:heating|boiler|hot water|radiators?|heaters?)\b[^.!?]{0,40}\b(?:won't|doesn't|isn't|hasn't|aren't|wont|doesnt|isnt)\b/,
  /\bfreezing (?:cold|in here|house|home|flat)\b/,
];

const VULNERABLE = /\b(?:bab(?:y|ies)|newborns?|infants?|toddlers?|child(?:ren)?|kids?|little ones?|elderly|pensioners?|frail|old (?:lady|man|woman|people|person)|aged \d+|(?:[6-9]\d|1[01]\d) years?(?: old)?|\d+ (?:months?|weeks?|days?|years?) old|disab\w+|wheelchair|ill|illness|sick|unwell|poorly|pregnant|asthma\w*|copd|cancer|dialysis|oxygen|heart (?:condition|problem|failure)|medical condition|vulnerable)\b/;

/** One spelling for what people type: no accents of the keyboard's, no marks that are invisible, no hyphens, single spaces. */
function plain(text: string): string {
  const lower = text.normalize('NFKC').replace(/\p{Cf}/gu, '').toLowerCase().replace(/[\u2018\u2019\u02bc`´]/g, '\'').replace(/[-\u2010-\u2015_/]/g, ' ').replace(/\s+/g, ' ');
  return HARMLESS.reduce((words, phrase) => words.replace(phrase, ' ; '), lower);
}

/**
 * The dangers that a description speaks of; none where it is safe to take it online.
 * @param about what else is known of the request, such as the titles of chosen problems: it says what does not work, but is no
 * tenant's cry for help, so that words like "gas" in it count for nothing.
 */
export function dangersIn(description: string, about = ''): ReadonlySet<Danger> {
  const words = plain(description);
  const found = new Set<Danger>();
  for (const [danger, pattern] of PATTERNS) {
    const match = pattern.exec(words);
    if (!match) continue;
    if (danger === 'INSECURE' && / door\b/.test(match[0]) && !LOCKS_NOT.test(sentenceAt(words, match.index))) continue;
    found.add(danger);
  }
  const all = `${plain(about)} . ${words}`;
  if (VULNERABLE.test(words) && NO_HEAT.some((pattern) => pattern.test(all))) found.add('COLD_AND_VULNERABLE');
  return found;
}

function sentenceAt(words: string, index: number): string {
  const start = Math.max(...['.', '!', '?'].map((end) => words.lastIndexOf(end, index))) + 1;
  const end = words.slice(index).search(/[.!?]/);
  return words.slice(start, end === -1 ? undefined : index + end);
}
