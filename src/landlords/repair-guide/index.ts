/**
 * The repair guide that the landlords share. An id is kept for good, because front ends and requests under way hold it:
 * whoever takes a problem out gives it an entry in `renamed`. A change to any id raises the version.
 */
import { defineGuide } from '../../domain/guide-check.js';
import { communalFacilities } from './communal-facilities.js';
import { doorsAndWindows } from './doors-and-windows.js';
import { drDamp } from './dr-damp.js';
import { garagesAndExternal } from './garages-and-external.js';
import { heatingAndElectrics } from './heating-and-electrics.js';
import { kitchensAndSinks } from './kitchens-and-sinks.js';
import { plumbing } from './plumbing.js';
import { roofsChimneysAndDrains } from './roofs-chimneys-and-drains.js';
import { wallsFloorsAndStairs } from './walls-floors-and-stairs.js';

export const repairGuide = defineGuide({
  version: '1',
  categories: [
    plumbing, doorsAndWindows, kitchensAndSinks, heatingAndElectrics, garagesAndExternal,
    roofsChimneysAndDrains, communalFacilities, wallsFloorsAndStairs, drDamp,
  ],
  renamed: new Map(),
});
