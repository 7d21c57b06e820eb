/** What a soak has found out and counted, whatever it is about. */
export class Findings {
  readonly violations: string[] = [];
  /** Requests whose answer never came, or was that the store is away. */
  cutOff = 0;
  answers = 0;

  constructor(private readonly tell: (what: string) => void) {}

  /** @param whose what the violation is about, before the words that say what it is. */
  violated(what: string, whose?: { readonly email: string }): void {
    const whole = whose ? `${whose.email}: ${what}` : what;
    this.violations.push(whole);
    this.tell(`violated: ${whole}`);
  }
}
