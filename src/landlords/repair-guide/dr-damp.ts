/** Dr Damp: telling one damp from another, what airing helps against, and what is the landlord's to mend. */
import type { CategoryInput } from '../../domain/guide-check.js';

const AIRING = 'Open a window while you cook, wash and dry clothes and for a while after, shut the door of that room meanwhile, keep lids on pans, leave a hand\'s breadth behind furniture, and keep some heat in every room.';
const OURS = 'Damp that comes from a leak, a bad roof, wall, gutter or window, from the ground, or from a fan or heating that has failed is ours to put right, and so is a home that stays damp however well you air it. Report it: you are not to blame for it.';

export const drDamp: CategoryInput = {
  id: 'dr-damp',
  title: 'Dr Damp',
  advice: `${OURS} Some damp is only moist air that settles on cold places; airing and warmth help against that. If somebody in the home has asthma or another trouble with breathing, or is a baby, tell us so.`,
  elements: [
    {
      id: 'condensation-and-mould',
      title: 'Condensation and mould',
      advice: `Drops on windows in the morning and black spots in corners and behind furniture are signs of condensation. ${AIRING}`,
      components: [
        {
          id: 'mould', title: 'Mould', advice: 'Wipe small patches with a fungicidal wash, as its label says, in gloves and with a window open; do not brush them dry, which spreads the spores. It comes back unless the cause goes, so report it all the same.',
          problems: [
            { id: 'mould-makes-somebody-ill', title: 'Mould, and somebody\'s breathing suffers from it', sorCode: '90MOULD', priority: 'U', advice: 'See a doctor about the breathing, and sleep in another room if you can. Phone 999 if somebody struggles for breath.' },
            { id: 'mould-whole-wall', title: 'Mould over much of a wall or ceiling', sorCode: '90MOULD', priority: 'N', advice: 'Leave it for us: that much should not be wiped off without a mask.' },
            { id: 'mould-patch', title: 'Mould in a patch or corner', sorCode: '90MOULD', priority: 'N' },
            { id: 'mould-comes-back', title: 'Mould that came back after it was treated', sorCode: '90DMPIN', priority: 'N', advice: 'Tell us when it was treated, so that we look for the cause and not only at the wall.' },
          ],
        },
        {
          id: 'condensation', title: 'Condensation',
          problems: [
            { id: 'condensation-heavy', title: 'Windows and walls running wet most days', sorCode: '90DMPIN', priority: 'N', advice: `Wipe the drops off in the morning and wring the cloth out. ${AIRING}` },
            { id: 'condensation-no-fan', title: 'Bathroom or kitchen has no fan, or one too weak', sorCode: '90CONDF', priority: 'N' },
            { id: 'condensation-window-vents', title: 'Window vents stuck or missing', sorCode: '90VENTW', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'damp-from-outside',
      title: 'Damp from outside',
      advice: `Damp that is worse after rain, or lower on the wall than your knee, comes through the building. ${OURS}`,
      components: [
        {
          id: 'penetrating-damp', title: 'Damp patch on a wall or ceiling', advice: 'Note whether it grows when it rains: that tells rain from a leaking pipe.',
          problems: [
            { id: 'damp-patch-after-rain', title: 'Grows or darkens after rain', sorCode: '90DMPPN', priority: 'N', advice: 'If a gutter or downpipe outside it leaks, report that too.' },
            { id: 'damp-patch-always-wet', title: 'Always wet, whatever the weather', sorCode: '90DMPIN', priority: 'N', advice: 'A pipe may be leaking behind it. If it grows from day to day or is near a socket, phone us at once and leave that socket alone.' },
            { id: 'damp-around-window', title: 'Round a window or door', sorCode: '90DMPPN', priority: 'N' },
          ],
        },
        {
          id: 'rising-damp', title: 'Damp low on a wall or in a floor', advice: 'Look outside: soil, paving or rubbish piled against the wall above the damp course lets damp in. Move what is yours.',
          problems: [
            { id: 'rising-damp-wall', title: 'Tide mark, salts or peeling paper near the floor', sorCode: '90DMPRS', priority: 'N' },
            { id: 'damp-floor', title: 'Solid floor damp', sorCode: '90DMPRS', priority: 'N' },
            { id: 'water-under-floor', title: 'Water standing under the floor', sorCode: '90DMPIN', priority: 'U' },
          ],
        },
        {
          id: 'rot', title: 'Rot',
          problems: [
            { id: 'dry-rot', title: 'Wood soft or cracked, or growths like mushrooms or cotton wool', sorCode: '90ROTDR', priority: 'N', advice: 'Do not cut it out or carry it through the home.' },
          ],
        },
      ],
    },
  ],
};
