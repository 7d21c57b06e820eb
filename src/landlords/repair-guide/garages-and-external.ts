/** Garages and External: what stands around the home. */
import type { CategoryInput } from '../../domain/guide-check.js';

export const garagesAndExternal: CategoryInput = {
  id: 'garages-and-external',
  title: 'Garages and External',
  advice: 'Choose this for a garage, shed, fence or path that goes with your own home. A shared one of a block of flats is under Communal Facilities; a road, pavement or street light is the highway authority\'s.',
  elements: [
    {
      id: 'garage',
      title: 'Garage',
      components: [
        {
          id: 'garage-door', title: 'Garage door', advice: 'Never stand under a door whose spring or cable has gone: it can drop without warning.',
          problems: [
            { id: 'garage-door-stuck-shut', title: 'Will not open', sorCode: '50GARDR1', priority: 'N' },
            { id: 'garage-door-will-not-close', title: 'Will not close', sorCode: '50GARDR1', priority: 'N', advice: 'Take out what is worth stealing until it is mended.' },
            { id: 'garage-door-dangerous', title: 'Hanging, or its spring or cable has snapped', sorCode: '50GARSPR', priority: 'E', advice: 'Leave it as it is and keep children and cars away.' },
            { id: 'garage-lock-broken', title: 'Lock or handle broken', sorCode: '50GARLCK', priority: 'N' },
          ],
        },
        {
          id: 'garage-building', title: 'Garage roof and walls', advice: 'Older garage roofs may hold asbestos. Whole sheets do no harm, but do not drill, break or sweep them.',
          problems: [
            { id: 'garage-roof-leaks', title: 'Roof leaks', sorCode: '50GARROF', priority: 'N' },
            { id: 'garage-roof-broken-sheet', title: 'Roof sheet broken', sorCode: '50GARROF', priority: 'U', advice: 'Stay out, do not touch or sweep up the pieces, and keep the door shut until we have looked at it.' },
            { id: 'garage-floods', title: 'Floods when it rains', sorCode: '60DRNBLK', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'fences-and-gates',
      title: 'Fences, gates and walls',
      advice: 'Not every boundary is ours to mend: your tenancy agreement says which fences are.',
      components: [
        {
          id: 'fence', title: 'Fence',
          problems: [
            { id: 'fence-panel-broken', title: 'Panel broken or blown out', sorCode: '50FENCE1', priority: 'N', advice: 'Lay a loose panel flat so that the wind cannot take it.' },
            { id: 'fence-post-broken', title: 'Post broken or leaning', sorCode: '50FNCPST', priority: 'N' },
            { id: 'fence-leaning-on-path', title: 'About to fall on a path or road', sorCode: '50FNCPST', priority: 'E' },
          ],
        },
        {
          id: 'gate', title: 'Gate',
          problems: [
            { id: 'gate-sticks', title: 'Sticks, drops or will not latch', sorCode: '50GATE01', priority: 'N' },
            { id: 'gate-missing', title: 'Broken beyond use or missing', sorCode: '50GATE01', priority: 'N' },
          ],
        },
        {
          id: 'garden-wall', title: 'Garden wall',
          problems: [
            { id: 'garden-wall-damaged', title: 'Loose or missing bricks', sorCode: '50WALLBD', priority: 'N' },
            { id: 'garden-wall-dangerous', title: 'Leaning or about to fall', sorCode: '50WALLBD', priority: 'E', advice: 'Keep everybody twice its height away from it.' },
          ],
        },
      ],
    },
    {
      id: 'paths-and-steps',
      title: 'Paths and steps',
      components: [
        {
          id: 'path', title: 'Path', advice: 'Moss, weeds, leaves and ice on your own path are for you to clear; salt helps against all but weeds.',
          problems: [
            { id: 'path-trip-hazard', title: 'Slab raised or sunk: somebody may trip', sorCode: '50PATHTR', priority: 'U', advice: 'Mark it with something bright until it is mended.' },
            { id: 'path-cracked', title: 'Cracked, but level', sorCode: '50PATHTR', priority: 'N' },
          ],
        },
        {
          id: 'outside-steps', title: 'Outside steps and rails',
          problems: [
            { id: 'outside-steps-broken', title: 'Step broken or loose', sorCode: '50STEPS1', priority: 'U', advice: 'Use another door if you have one.' },
            { id: 'outside-handrail-loose', title: 'Handrail loose or missing', sorCode: '50HANDRL', priority: 'U' },
          ],
        },
      ],
    },
    {
      id: 'garden-and-outhouse',
      title: 'Outhouse and garden fittings',
      advice: 'A shed, pond, patio or greenhouse that you put up is yours to keep in repair.',
      components: [
        {
          id: 'outhouse', title: 'Outhouse',
          problems: [
            { id: 'outhouse-roof-leaks', title: 'Roof leaks', sorCode: '50SHEDRF', priority: 'N' },
            { id: 'outhouse-door-broken', title: 'Door broken or will not lock', sorCode: '50SHEDDR', priority: 'N' },
          ],
        },
        {
          id: 'garden-fittings', title: 'Garden fittings',
          problems: [
            { id: 'clothes-post-broken', title: 'Clothes post or rotary drier broken', sorCode: '50CLOTHP', priority: 'N' },
            { id: 'outside-tap-leaks', title: 'Outside tap leaks', sorCode: '50EXTTAP', priority: 'N', advice: 'Before frost, shut it off from indoors and leave it open to drain.' },
            { id: 'outside-light-broken', title: 'Light by your own door does not work', sorCode: '50EXTLGT', priority: 'N' },
          ],
        },
      ],
    },
  ],
};
