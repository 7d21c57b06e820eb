/** Roofs, Chimneys and Drains: keeping the rain out and leading it away. */
import type { CategoryInput } from '../../domain/guide-check.js';

export const roofsChimneysAndDrains: CategoryInput = {
  id: 'roofs-chimneys-and-drains',
  title: 'Roofs, Chimneys and Drains',
  advice: 'Look from the ground, never from a ladder or the roof. Tell us which side of the home it is, seen from the street: that saves a visit. In a storm we make safe first and mend when the wind has dropped.',
  elements: [
    {
      id: 'roof',
      title: 'Roof',
      components: [
        {
          id: 'roof-leaks', title: 'Rain coming in', advice: 'Catch the water in a bucket and move what it could spoil. If it comes near a light, leave that light off at the consumer unit.',
          problems: [
            { id: 'roof-pours-in', title: 'Pouring in, or a ceiling sags with water', sorCode: '60RFTILE', priority: 'E', advice: 'Leave the room and shut the door: a wet ceiling can come down all at once. Switch off its lights at the consumer unit.' },
            { id: 'roof-leaks-in-rain', title: 'Drips in when it rains', sorCode: '60RFTILE', priority: 'U' },
            { id: 'flat-roof-leaks', title: 'Flat roof leaks', sorCode: '60RFFLAT', priority: 'U' },
            { id: 'roof-leaks-by-chimney-or-wall', title: 'Stain by the chimney or where roof meets wall', sorCode: '60RFFLSH', priority: 'N' },
          ],
        },
        {
          id: 'roof-covering', title: 'Tiles and edges',
          problems: [
            { id: 'roof-tiles-slipped', title: 'Tiles slipped or missing, but no leak', sorCode: '60RFTILE', priority: 'N' },
            { id: 'roof-tiles-falling', title: 'Tiles falling or about to', sorCode: '60RFTILE', priority: 'E', advice: 'Keep everybody away from below, and use the door on the other side.' },
            { id: 'roof-ridge-loose', title: 'Ridge tiles loose', sorCode: '60RFRDGE', priority: 'N' },
            { id: 'fascia-or-soffit-damaged', title: 'Boards under the roof edge rotten or loose', sorCode: '60FASCIA', priority: 'N' },
          ],
        },
        {
          id: 'loft', title: 'Loft', advice: 'Step on the beams only: the ceiling between them does not bear you.',
          problems: [
            { id: 'loft-insulation-missing', title: 'Insulation thin or missing', sorCode: '60LFTINS', priority: 'N' },
            { id: 'loft-hatch-broken', title: 'Hatch broken or does not close', sorCode: '60LFTHTC', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'chimney',
      title: 'Chimney',
      advice: 'A chimney in use wants sweeping at least once a year; ask us who sees to it in your home.',
      components: [
        {
          id: 'chimney-stack', title: 'Stack and pot',
          problems: [
            { id: 'chimney-unsafe', title: 'Leaning, or pieces have fallen', sorCode: '60CHMPNT', priority: 'E', advice: 'Keep everybody away from below it, in the garden and in the street, and do not light a fire.' },
            { id: 'chimney-pot-loose', title: 'Pot or cowl loose, broken or missing', sorCode: '60CHMPOT', priority: 'N' },
            { id: 'chimney-pointing', title: 'Mortar between the bricks coming out', sorCode: '60CHMPNT', priority: 'N' },
          ],
        },
        {
          id: 'chimney-flue', title: 'Fireplace and flue',
          problems: [
            { id: 'chimney-smoke-comes-back', title: 'Smoke comes back into the room', sorCode: '60CHMSWP', priority: 'E', advice: 'Let the fire go out, open the windows, and do not light it again. If anybody has a headache or feels sick, get outside and phone 999.' },
            { id: 'chimney-birds-nest', title: 'Blocked by a nest', sorCode: '60CHMSWP', priority: 'N', advice: 'Do not light a fire under it. A nest in use may not be moved until the birds have left it.' },
            { id: 'fireplace-damaged', title: 'Hearth or surround cracked', sorCode: '60FIRPLC', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'gutters-downpipes-and-drains',
      title: 'Gutters, downpipes and drains',
      advice: 'Say where the trouble is (front, rear or side, and how high up), and whether it is there in every rain or in heavy rain only.',
      components: [
        {
          id: 'gutters', title: 'Gutters', advice: 'Moss and leaves that drop from the roof are the usual cause. Please do not climb up to clear them.',
          problems: [
            { id: 'gutter-leaks', title: 'Leaks at a joint or crack', sorCode: '60GUTLK1', priority: 'N' },
            { id: 'gutter-overflows', title: 'Blocked or overflows', sorCode: '60GUTBLK', priority: 'N' },
            { id: 'gutter-broken', title: 'Broken, sagging or a piece is missing', sorCode: '60GUTRNW', priority: 'N' },
            { id: 'gutter-falling', title: 'Hanging and may fall', sorCode: '60GUTRNW', priority: 'E', advice: 'Keep everybody away from below it.' },
            { id: 'gutter-water-comes-indoors', title: 'Water from it comes into the home', sorCode: '60GUTLK1', priority: 'U' },
          ],
        },
        {
          id: 'downpipes', title: 'Downpipes',
          problems: [
            { id: 'downpipe-leaks', title: 'Leaks or runs down the wall', sorCode: '60DPIPE1', priority: 'N', advice: 'A wall that stays wet lets damp in: report it before winter.' },
            { id: 'downpipe-blocked', title: 'Blocked', sorCode: '60DPIPBL', priority: 'N' },
            { id: 'downpipe-loose', title: 'Loose, broken or missing', sorCode: '60DPIPE1', priority: 'N' },
          ],
        },
        {
          id: 'drains', title: 'Drains and waste pipes outside', advice: 'If neighbours have the same trouble, the blockage may be in a sewer, which the water company clears.',
          problems: [
            { id: 'drain-sewage-overflows', title: 'Sewage is coming up, indoors or out', sorCode: '60DRNSEW', priority: 'E', advice: 'Stop using toilets, sinks and machines. Keep children and pets away, and wash your hands if you have touched it.' },
            { id: 'drain-blocked', title: 'Blocked or slow, nothing coming up', sorCode: '60DRNBLK', priority: 'U' },
            { id: 'drain-smells', title: 'Smells', sorCode: '60DRNSML', priority: 'N', advice: 'Pour a jug of water into each sink, bath and floor drain that is seldom used: a dry trap lets smells through.' },
            { id: 'drain-cover-missing', title: 'Cover missing or broken', sorCode: '60DRNCVR', priority: 'E', advice: 'Stand something large and bright over it, and keep children away until somebody comes.' },
            { id: 'gully-blocked', title: 'Outside gully or its grid blocked', sorCode: '60DRNGUL', priority: 'N', advice: 'Leaves on the grid are easily lifted off with a gloved hand.' },
            { id: 'soil-pipe-leaks', title: 'Waste pipe on the outside wall leaks', sorCode: '60SOILPP', priority: 'U' },
          ],
        },
      ],
    },
  ],
};
