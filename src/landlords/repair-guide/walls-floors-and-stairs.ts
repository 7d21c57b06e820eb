/** Walls, Floors and Stairs: the inside of the home that is neither door, pipe nor wire. */
import type { CategoryInput } from '../../domain/guide-check.js';

export const wallsFloorsAndStairs: CategoryInput = {
  id: 'walls-floors-and-stairs',
  title: 'Walls, Floors and Stairs',
  advice: 'Painting, papering, carpets and small cracks that filler closes are usually for you to see to. Before you drill or scrape textured coatings or old floor tiles, ask us: some hold asbestos.',
  elements: [
    {
      id: 'walls-and-ceilings',
      title: 'Walls and ceilings',
      components: [
        {
          id: 'walls', title: 'Walls',
          problems: [
            { id: 'wall-plaster-loose', title: 'Plaster loose, hollow or coming off', sorCode: '80PLSTR1', priority: 'N' },
            { id: 'wall-crack-wide', title: 'Crack wider than a pound coin is thick, or growing', sorCode: '80WALCRK', priority: 'N', advice: 'Pencil the date at both ends: then we can see whether it grows. If doors or windows begin to jam as well, tell us so.' },
            { id: 'wall-may-collapse', title: 'Wall bulging, or a crack that opened suddenly', sorCode: '80WALCRK', priority: 'I', advice: 'Leave that part of the home and keep others out. If it is coming down, phone 999.' },
            { id: 'wall-tiles-loose', title: 'Bathroom wall tiles loose or off', sorCode: '80TILEWL', priority: 'N', advice: 'Do not shower against the bare patch.' },
            { id: 'air-brick-blocked', title: 'Air brick or vent broken or blocked', sorCode: '80AIRBRK', priority: 'N', advice: 'Never block a vent in a room with a gas appliance or a fire: it carries the fumes away.' },
          ],
        },
        {
          id: 'ceilings', title: 'Ceilings',
          problems: [
            { id: 'ceiling-about-to-fall', title: 'Sagging, or part of it has come down', sorCode: '80PLSTCG', priority: 'E', advice: 'Keep out of the room and shut the door. If it is wet, switch its lights off at the consumer unit.' },
            { id: 'ceiling-cracked', title: 'Cracked, but flat and dry', sorCode: '80PLSTCR', priority: 'N' },
            { id: 'ceiling-stained', title: 'Stained by a leak that has stopped', sorCode: '80STAIN1', priority: 'N', advice: 'Let it dry out for some weeks before anybody paints it.' },
          ],
        },
        {
          id: 'suspected-asbestos', title: 'Suspected asbestos',
          problems: [
            { id: 'asbestos-damaged', title: 'A board or coating that may be asbestos is broken', sorCode: '80ASBEST', priority: 'E', advice: 'Do not touch, sweep or vacuum it. Leave the room, shut the door and keep everybody out.' },
          ],
        },
      ],
    },
    {
      id: 'floors',
      title: 'Floors',
      components: [
        {
          id: 'floorboards', title: 'Floorboards and concrete',
          problems: [
            { id: 'floor-hole', title: 'Hole, or a board that gives way', sorCode: '80FLRBRD', priority: 'U', advice: 'Keep off it. Put a piece of furniture across so that nobody steps there.' },
            { id: 'floor-board-creaks', title: 'Board loose or creaking', sorCode: '80FLRBRD', priority: 'N' },
            { id: 'floor-concrete-broken', title: 'Concrete floor cracked or crumbling', sorCode: '80FLRCON', priority: 'N' },
          ],
        },
        {
          id: 'floor-coverings', title: 'Floor tiles, vinyl and skirting',
          problems: [
            { id: 'floor-tiles-broken', title: 'Our floor tiles broken or lifting', sorCode: '80FLRTIL', priority: 'N' },
            { id: 'floor-vinyl-torn', title: 'Our kitchen or bathroom vinyl torn', sorCode: '80FLRVIN', priority: 'N' },
            { id: 'skirting-loose', title: 'Skirting board loose or rotten', sorCode: '80SKIRT1', priority: 'N' },
          ],
        },
      ],
    },
    {
      id: 'stairs',
      title: 'Stairs',
      advice: 'Keep the stairs clear and lit until they are mended, and use the rail.',
      components: [
        {
          id: 'stair-treads', title: 'Steps',
          problems: [
            { id: 'stair-broken', title: 'Step broken or missing', sorCode: '80STRTRD', priority: 'E' },
            { id: 'stair-loose', title: 'Step loose', sorCode: '80STRTRD', priority: 'U' },
            { id: 'stair-creaks', title: 'Step creaks, but is firm', sorCode: '80STRTRD', priority: 'N' },
          ],
        },
        {
          id: 'banisters', title: 'Banister and rail',
          problems: [
            { id: 'banister-loose', title: 'Banister or handrail loose', sorCode: '80BANIST', priority: 'U' },
            { id: 'banister-spindle-missing', title: 'Spindle broken or missing', sorCode: '80SPINDL', priority: 'N', advice: 'If a child could get through the gap, tie a board across it and phone us.' },
          ],
        },
      ],
    },
  ],
};
