/** Plumbing: toilets, baths, basins, pipes and tanks. */
import type { CategoryInput } from '../../domain/guide-check.js';

const STOP_TAP = 'Turn the water off at the stop tap: clockwise until it is tight. It is often under the kitchen sink or by the front door. Then run the cold taps until they stop.';

export const plumbing: CategoryInput = {
  id: 'plumbing',
  title: 'Plumbing',
  advice: 'Find your stop tap before you need it, and try once a year that it turns. If water is near sockets or lights, keep away from them and switch the electricity off at the consumer unit if you can reach it with dry hands and feet.',
  elements: [
    {
      id: 'toilet',
      title: 'Toilet',
      advice: 'Only toilet paper should go down a toilet. Wipes, nappies and cotton wool block it even where the packet says that they flush.',
      components: [
        {
          id: 'toilet-pan', title: 'Toilet pan',
          problems: [
            { id: 'toilet-blocked-only-one', title: 'Blocked, and it is the only toilet in the home', sorCode: '10WCBLK1', priority: 'E', advice: 'Do not go on flushing it: the pan may overflow.' },
            { id: 'toilet-blocked-other-works', title: 'Blocked, but another toilet in the home works', sorCode: '10WCBLK1', priority: 'N', advice: 'Try a plunger first: a dozen firm strokes often clear it.' },
            { id: 'toilet-pan-cracked', title: 'Cracked', sorCode: '10WCPAN1', priority: 'N', advice: 'Broken china is sharp. Do not sit on a pan that moves or has a piece missing.' },
            { id: 'toilet-pan-loose', title: 'Loose from the floor', sorCode: '10WCLOOS', priority: 'N' },
            { id: 'toilet-leaks-at-base', title: 'Leaks behind or at the bottom when flushed', sorCode: '10WCLEAK', priority: 'U', advice: 'Flush as little as you can, and use another toilet if you have one.' },
          ],
        },
        {
          id: 'toilet-cistern', title: 'Cistern and seat',
          problems: [
            { id: 'toilet-does-not-flush', title: 'Does not flush', sorCode: '10WCFLSH', priority: 'U', advice: 'Until it is mended, flush by pouring half a bucket of water into the pan in one go.' },
            { id: 'toilet-keeps-filling', title: 'Keeps filling or the overflow runs', sorCode: '10CISOVR', priority: 'N', advice: 'Look for a small screw on the pipe into the cistern: turned a quarter, it shuts off the water to the toilet alone.' },
            { id: 'toilet-handle-broken', title: 'Handle or button broken', sorCode: '10WCFLSH', priority: 'N' },
            { id: 'toilet-seat-broken', title: 'Seat broken or loose', sorCode: '10WCSEAT', priority: 'N', advice: 'A loose seat can usually be tightened by hand: the two nuts are under the back of the pan.' },
          ],
        },
      ],
    },
    {
      id: 'bath-and-shower',
      title: 'Bath and shower',
      components: [
        {
          id: 'bath', title: 'Bath',
          problems: [
            { id: 'bath-tap-drips', title: 'Tap drips or will not turn', sorCode: '10BTHTP1', priority: 'N', advice: 'Do not force a tap that is stuck.' },
            { id: 'bath-does-not-drain', title: 'Water does not drain away', sorCode: '10BTHBLK', priority: 'N', advice: 'Take hair out of the plug hole, then try a plunger with the overflow hole covered by a wet cloth.' },
            { id: 'bath-leaks-underneath', title: 'Leaks underneath', sorCode: '10WSTLK1', priority: 'U', advice: 'Do not use the bath until it is mended.' },
            { id: 'bath-sealant-gone', title: 'Sealant round the edge is missing or black', sorCode: '10BTHSEA', priority: 'N', advice: 'Keep water off the gap: it does its damage behind the bath. Black spots on sound sealant often come off with bathroom cleaner.' },
            { id: 'bath-panel-loose', title: 'Panel loose or broken', sorCode: '10BTHPNL', priority: 'N' },
          ],
        },
        {
          id: 'shower', title: 'Shower',
          advice: 'A shower that stands unused for a week should run for two minutes, with its head held low, before you step in.',
          problems: [
            { id: 'shower-does-not-work', title: 'Does not work at all', sorCode: '10SHWNOT', priority: 'N', advice: 'For an electric shower see whether its pull cord is on and its switch in the consumer unit is up.' },
            { id: 'shower-too-hot', title: 'Scalding, and cannot be turned down', sorCode: '10SHWNOT', priority: 'U', advice: 'Do not use it, and keep children away from it.' },
            { id: 'shower-not-warm', title: 'Does not get warm', sorCode: '10SHWNOT', priority: 'N' },
            { id: 'shower-hose-or-head', title: 'Hose or head leaks or is broken', sorCode: '10SHWHSE', priority: 'N', advice: 'A weak spray is often limescale: leave the head in vinegar overnight.' },
            { id: 'shower-tray-leaks', title: 'Water gets out round the tray', sorCode: '10BTHSEA', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'wash-basin',
      title: 'Wash basin',
      components: [
        {
          id: 'basin', title: 'Basin and taps',
          problems: [
            { id: 'basin-tap-drips', title: 'Tap drips or will not turn', sorCode: '10BASTP1', priority: 'N' },
            { id: 'basin-does-not-drain', title: 'Water does not drain away', sorCode: '10BASBLK', priority: 'N', advice: 'Clear hair and soap from the plug hole and try a plunger before anything from a bottle.' },
            { id: 'basin-leaks-underneath', title: 'Leaks underneath', sorCode: '10WSTLK1', priority: 'N', advice: 'Put a bowl under the leak and run as little water as you can. If the bowl fills within an hour, phone us.' },
            { id: 'basin-cracked', title: 'Cracked', sorCode: '10BASCRK', priority: 'N' },
            { id: 'basin-loose', title: 'Coming away from the wall', sorCode: '10BASLOS', priority: 'U', advice: 'Do not lean on it: a basin that falls takes its pipes with it.' },
          ],
        },
      ],
    },
    {
      id: 'water-supply',
      title: 'Water supply, pipes and tanks',
      advice: STOP_TAP,
      components: [
        {
          id: 'pipes', title: 'Pipes',
          problems: [
            { id: 'pipe-burst', title: 'Burst, or leaking more than a bucket can hold', sorCode: '10PIPBST', priority: 'E', advice: `${STOP_TAP} Turn the heating off as well, and tell the neighbours below.` },
            { id: 'pipe-leaks-slowly', title: 'Leaks, but a bucket holds it', sorCode: '10PIPLK1', priority: 'U' },
            { id: 'pipe-frozen', title: 'Frozen', sorCode: '10PIPFRZ', priority: 'U', advice: 'Shut the stop tap and open the cold tap nearest to the pipe. Warm the pipe with towels wrung out in warm water, from the tap end. Never use a flame.' },
            { id: 'pipes-knock', title: 'Knock, bang or hum', sorCode: '10PIPNSY', priority: 'N' },
          ],
        },
        {
          id: 'cold-water', title: 'Cold water', advice: 'If your neighbours have the same trouble, it is the water company\'s: ask them first.',
          problems: [
            { id: 'no-water-at-all', title: 'No water from any tap', sorCode: '10NOWAT1', priority: 'E', advice: 'See that the stop tap is open, and whether the neighbours have water.' },
            { id: 'water-pressure-low', title: 'Only a trickle', sorCode: '10LOWPRS', priority: 'N' },
            { id: 'water-discoloured', title: 'Brown, cloudy or tastes odd', sorCode: '10WATDSC', priority: 'N', advice: 'Run the kitchen tap for ten minutes. If it does not clear, do not drink it, and ask the water company.' },
            { id: 'stop-tap-stuck', title: 'Stop tap stuck or leaking', sorCode: '10STPCK1', priority: 'N', advice: 'Do not force it with a tool: it may break open.' },
          ],
        },
        {
          id: 'tanks', title: 'Tank and cylinder',
          problems: [
            { id: 'cylinder-leaks', title: 'Hot water cylinder leaks', sorCode: '10CYLLK1', priority: 'E', advice: 'Turn off the immersion heater and the boiler, then the stop tap, and run the hot taps until they stop.' },
            { id: 'tank-overflows', title: 'Water runs from an overflow pipe outside', sorCode: '10CISOVR', priority: 'N' },
            { id: 'tank-leaks', title: 'Cold water tank in the loft leaks', sorCode: '10TNKLK1', priority: 'E', advice: `${STOP_TAP} Keep out from under a ceiling that sags.` },
          ],
        },
      ],
    },
  ],
};
